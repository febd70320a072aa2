package dev.gantry.cli.template;

import java.util.ArrayList;
import java.util.List;

/** The words of one action: names, fields, texts, numbers and signs. */
final class Tokens {

    private final List<String> words = new ArrayList<>();
    private int next;

    Tokens(String action) {
        int i = 0;
        while (i < action.length()) {
            char c = action.charAt(i);
            int start = i;
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            if (c == '"' || c == '`' || c == '\'') {
                i = endOfText(action, i);
            } else if (action.startsWith(":=", i)) {
                i += 2;
            } else if ("()|,=".indexOf(c) >= 0) {
                i++;
            } else {
                i++;
                while (i < action.length() && isWordPart(action.charAt(i))) {
                    i++;
                }
            }
            words.add(action.substring(start, i));
        }
    }

    private static boolean isWordPart(char c) {
        return !Character.isWhitespace(c) && "()|,=\"`:.".indexOf(c) < 0;
    }

    private static int endOfText(String action, int start) {
        char quote = action.charAt(start);
        for (int i = start + 1; i < action.length(); i++) {
            char c = action.charAt(i);
            if (c == '\\' && quote != '`') {
                i++;
            } else if (c == quote) {
                return i + 1;
            }
        }
        throw new TemplateException("unterminated quoted string");
    }

    boolean isEmpty() {
        return next >= words.size();
    }

    String peek() {
        return isEmpty() ? "" : words.get(next);
    }

    String take() {
        if (isEmpty()) {
            throw new TemplateException("missing value for command");
        }
        return words.get(next++);
    }

    boolean accept(String word) {
        if (peek().equals(word)) {
            next++;
            return true;
        }
        return false;
    }

    /** Whether a word stands at a distance from the next one. */
    boolean hasAt(int distance, String word) {
        return next + distance < words.size() && words.get(next + distance).equals(word);
    }
}
