package dev.gantry.cli.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parsed template: text with actions in double braces, among them {@code if}, {@code range}, {@code with}, variables,
 * pipelines and functions such as {@code json}, {@code join} and {@code index}. Immutable.
 */
public final class Template {

    private interface Node {
        void print(Scope scope, StringBuilder out);
    }

    private record Block(List<Node> nodes, String end) {
        void print(Scope scope, StringBuilder out) {
            nodes.forEach(node -> node.print(scope, out));
        }
    }

    private static final Pattern LEADING = Pattern.compile("^\\s+");
    private static final Pattern TRAILING = Pattern.compile("\\s+$");

    private final String text;
    private final Block root;
    private int position;
    private boolean trimNext;

    private Template(String text) {
        this.text = text;
        this.root = readBlock(false);
    }

    /** Reads a template; fails with {@link TemplateException}. */
    public static Template parse(String text) {
        try {
            return new Template(text);
        } catch (TemplateException e) {
            throw new TemplateException("template parsing error: template: :1: " + e.getMessage());
        }
    }

    /** Fills the template with maps, lists, texts, numbers and booleans, or a {@link Row}. */
    public String apply(@Nullable Object data) {
        StringBuilder out = new StringBuilder();
        Scope scope = new Scope(data, null);
        scope.set("$", data);
        try {
            root.print(scope, out);
        } catch (TemplateException e) {
            throw new TemplateException(
                    "template parsing error: template: :1: executing \"\" at <" + text + ">: " + e.getMessage());
        }
        return out.toString();
    }

    private Block readBlock(boolean nested) {
        List<Node> nodes = new ArrayList<>();
        while (position < text.length()) {
            int open = text.indexOf("{{", position);
            String literal = text.substring(position, open < 0 ? text.length() : open);
            String before = trimNext ? LEADING.matcher(literal).replaceFirst("") : literal;
            boolean trim = open >= 0 && text.startsWith("{{- ", open);
            String printed = trim ? TRAILING.matcher(before).replaceFirst("") : before;
            nodes.add((scope, out) -> out.append(printed));
            if (open < 0) {
                position = text.length();
                break;
            }
            String action = readAction(open + (trim ? 3 : 2));
            if (action.equals("end") || action.equals("else") || action.startsWith("else ")) {
                if (!nested) {
                    throw new TemplateException("unexpected {{" + action + "}}");
                }
                return new Block(nodes, action);
            }
            addAction(nodes, action);
        }
        if (nested) {
            throw new TemplateException("unexpected EOF");
        }
        return new Block(nodes, "");
    }

    private String readAction(int start) {
        int close = text.indexOf("}}", start);
        if (close < 0) {
            throw new TemplateException("unclosed action");
        }
        position = close + 2;
        trimNext = text.startsWith(" -", close - 2);
        return text.substring(start, trimNext ? close - 1 : close).strip();
    }

    private void addAction(List<Node> nodes, String action) {
        if (action.startsWith("/*")) {
            return;
        }
        Tokens tokens = new Tokens(action);
        if (tokens.accept("if")) {
            nodes.add(readIf(tokens));
        } else if (tokens.accept("range")) {
            nodes.add(readRange(tokens));
        } else if (tokens.accept("with")) {
            nodes.add(readWith(tokens));
        } else if (tokens.peek().startsWith("$") && (tokens.hasAt(1, ":=") || tokens.hasAt(1, "="))) {
            String name = tokens.take();
            tokens.take();
            Expression value = whole(tokens);
            nodes.add((scope, out) -> scope.set(name, value.evaluate(scope)));
        } else {
            Expression value = whole(tokens);
            nodes.add((scope, out) -> out.append(Functions.text(value.evaluate(scope))));
        }
    }

    private static Expression whole(Tokens tokens) {
        Expression value = Expression.pipeline(tokens);
        if (!tokens.isEmpty()) {
            throw new TemplateException("unexpected \"" + tokens.peek() + "\" in command");
        }
        return value;
    }

    private Node readIf(Tokens tokens) {
        Expression condition = whole(tokens);
        Block then = readBlock(true);
        Node otherwise = readElse(then.end);
        return (scope, out) -> {
            if (Functions.isTrue(condition.evaluate(scope))) {
                then.print(new Scope(scope.dot, scope), out);
            } else {
                otherwise.print(scope, out);
            }
        };
    }

    private Node readElse(String end) {
        if (end.startsWith("else if ")) {
            return readIf(new Tokens(end.substring("else if ".length())));
        }
        if (end.equals("else")) {
            Block block = readBlock(true);
            return (scope, out) -> block.print(new Scope(scope.dot, scope), out);
        }
        return (scope, out) -> {};
    }

    private Node readWith(Tokens tokens) {
        Expression value = whole(tokens);
        Block then = readBlock(true);
        Node otherwise = readElse(then.end);
        return (scope, out) -> {
            Object dot = value.evaluate(scope);
            if (Functions.isTrue(dot)) {
                then.print(new Scope(dot, scope), out);
            } else {
                otherwise.print(scope, out);
            }
        };
    }

    private Node readRange(Tokens tokens) {
        List<String> names = new ArrayList<>();
        if (tokens.peek().startsWith("$") && (tokens.hasAt(1, ":=") || tokens.hasAt(1, ","))) {
            names.add(tokens.take());
            if (tokens.accept(",")) {
                names.add(tokens.take());
            }
            tokens.accept(":=");
        }
        Expression value = whole(tokens);
        Block body = readBlock(true);
        Node otherwise = readElse(body.end);
        return (scope, out) -> {
            Object items = value.evaluate(scope);
            if (!Functions.isTrue(items)) {
                otherwise.print(scope, out);
            } else if (items instanceof Map<?, ?> map) {
                Functions.sorted(map).forEach((key, item) -> printItem(body, names, scope, key, item, out));
            } else if (items instanceof Collection<?> list) {
                int index = 0;
                for (Object item : list) {
                    printItem(body, names, scope, index++, item, out);
                }
            } else {
                throw new TemplateException("range can't iterate over " + Functions.text(items));
            }
        };
    }

    private static void printItem(
            Block body, List<String> names, Scope outer, Object key, @Nullable Object item, StringBuilder out) {
        Scope scope = new Scope(item, outer);
        if (!names.isEmpty()) {
            scope.set(names.get(names.size() - 1), item);
        }
        if (names.size() > 1) {
            scope.set(names.get(0), key);
        }
        body.print(scope, out);
    }
}
