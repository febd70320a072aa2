package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The words of an instruction, with a shell's quotes, backslashes and variables. */
final class Words {

    private Words() {}

    /** Splits at blanks that are neither quoted nor escaped. Quotes stay in the words. */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(c).append(text.charAt(++i));
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (word.length() > 0) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                if (c == quote) {
                    quote = 0;
                } else if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                }
                word.append(c);
            }
        }
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    /** Takes the quotes and backslashes off and puts values in the place of {@code $NAME} and <code>${NAME}</code>. */
    static String expand(String word, Map<String, String> variables) {
        StringBuilder result = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == quote && quote != 0) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == '\\' && quote != '\'' && i + 1 < word.length()) {
                i = unescape(word, i, quote, result);
            } else if (c == '$' && quote != '\'') {
                i = substitute(word, i, variables, result);
            } else {
                result.append(c);
            }
        }
        if (quote != 0) {
            throw EngineException.invalid("unexpected end of statement while looking for matching "
                    + (quote == '"' ? "double-quote" : "single-quote"));
        }
        return result.toString();
    }

    /** In double quotes a backslash is one unless it stands before a quote, a dollar or a backslash. */
    private static int unescape(String word, int at, char quote, StringBuilder result) {
        char next = word.charAt(at + 1);
        if (quote == '"' && next != '"' && next != '$' && next != '\\') {
            result.append('\\');
        }
        result.append(next);
        return at + 1;
    }

    private static int substitute(String word, int at, Map<String, String> variables, StringBuilder result) {
        boolean braces = at + 1 < word.length() && word.charAt(at + 1) == '{';
        int start = at + (braces ? 2 : 1);
        int end = start;
        while (end < word.length() && isNamePart(word.charAt(end))) {
            end++;
        }
        if (braces && (end == word.length() || word.charAt(end) != '}' || end == start)) {
            throw EngineException.invalid("unsupported modifier in substitution: " + word.substring(at));
        }
        if (end == start) {
            result.append('$');
            return at;
        }
        result.append(variables.getOrDefault(word.substring(start, end), ""));
        return braces ? end : end - 1;
    }

    private static boolean isNamePart(char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
