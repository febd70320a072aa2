package dev.gantry.cli.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value to be found when the template runs. */
@FunctionalInterface
interface Expression {

    @Nullable
    Object evaluate(Scope scope);

    /** Reads a pipeline: commands joined by {@code |}, the value of each the last argument of the next. */
    static Expression pipeline(Tokens tokens) {
        Expression value = command(tokens, null);
        while (tokens.accept("|")) {
            value = command(tokens, value);
        }
        return value;
    }

    private static Expression command(Tokens tokens, @Nullable Expression last) {
        String word = tokens.peek();
        if (Character.isLetter(word.isEmpty() ? ' ' : word.charAt(0)) && !Operand.isConstant(word)) {
            String name = tokens.take();
            if (!Functions.exists(name)) {
                throw new TemplateException("function \"" + name + "\" not defined");
            }
            List<Expression> arguments = new ArrayList<>();
            while (!tokens.isEmpty()
                    && !tokens.peek().equals("|")
                    && !tokens.peek().equals(")")) {
                arguments.add(Operand.read(tokens));
            }
            if (last != null) {
                arguments.add(last);
            }
            return scope -> {
                List<@Nullable Object> values = new ArrayList<>();
                arguments.forEach(argument -> values.add(argument.evaluate(scope)));
                return Functions.call(name, values);
            };
        }
        if (last != null) {
            throw new TemplateException("can't give argument to non-function " + word);
        }
        return Operand.read(tokens);
    }

    /** The simplest values: fields, variables, constants and pipelines in parentheses. */
    final class Operand {

        private Operand() {}

        static boolean isConstant(String word) {
            return word.equals("true") || word.equals("false") || word.equals("nil");
        }

        static Expression read(Tokens tokens) {
            String word = tokens.take();
            Expression value;
            if (word.equals("(")) {
                value = pipeline(tokens);
                if (!tokens.accept(")")) {
                    throw new TemplateException("unclosed left paren");
                }
            } else if (word.startsWith("$")) {
                value = scope -> scope.variable(word);
            } else if (word.startsWith(".")) {
                String name = word.substring(1);
                value = name.isEmpty() ? scope -> scope.dot : scope -> field(scope.dot, name);
            } else {
                Object constant = constant(word);
                value = scope -> constant;
            }
            while (tokens.peek().length() > 1 && tokens.peek().charAt(0) == '.' && isChained(word)) {
                Expression of = value;
                String name = tokens.take().substring(1);
                value = scope -> field(of.evaluate(scope), name);
            }
            return value;
        }

        private static boolean isChained(String word) {
            return !word.equals(".");
        }

        private static @Nullable Object constant(String word) {
            char first = word.charAt(0);
            if (first == '"' || first == '`') {
                String text = word.substring(1, word.length() - 1);
                return first == '`' ? text : text.translateEscapes();
            }
            if (isConstant(word)) {
                return word.equals("nil") ? null : Boolean.valueOf(word);
            }
            try {
                return new BigDecimal(word);
            } catch (NumberFormatException e) {
                throw new TemplateException("unexpected \"" + word + "\" in operand");
            }
        }

        static @Nullable Object field(@Nullable Object value, String name) {
            if (value instanceof Row row) {
                return row.value(name);
            }
            if (value instanceof Map<?, ?> map) {
                return map.get(name);
            }
            if (value == null) {
                return null;
            }
            throw new TemplateException("can't evaluate field " + name + " in type "
                    + (value instanceof List
                            ? "list"
                            : value.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
        }
    }
}
