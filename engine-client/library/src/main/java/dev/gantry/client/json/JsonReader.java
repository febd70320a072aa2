package dev.gantry.client.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON into maps, lists, texts, numbers and booleans. Nesting is limited, so that no input exhausts the stack. */
final class JsonReader {

    private static final int MAX_DEPTH = 500;

    private final String text;
    private int position;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    @Nullable
    Object readDocument() {
        Object value = readValue();
        skipSpace();
        if (position < text.length()) {
            throw failure("nothing more");
        }
        return value;
    }

    private @Nullable Object readValue() {
        skipSpace();
        if (position >= text.length()) {
            throw failure("a value");
        }
        char c = text.charAt(position);
        return switch (c) {
            case '{' -> nested(true);
            case '[' -> nested(false);
            case '"' -> readText();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> readNumber();
        };
    }

    private Object nested(boolean object) {
        if (++depth > MAX_DEPTH) {
            throw failure("at most " + MAX_DEPTH + " levels");
        }
        position++;
        Object value = object ? readObject() : readArray();
        depth--;
        return value;
    }

    private Map<String, @Nullable Object> readObject() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        skipSpace();
        if (accept('}')) {
            return members;
        }
        do {
            skipSpace();
            if (position >= text.length() || text.charAt(position) != '"') {
                throw failure("a name");
            }
            String name = readText();
            skipSpace();
            expect(':');
            members.put(name, readValue());
            skipSpace();
        } while (accept(','));
        expect('}');
        return members;
    }

    private List<@Nullable Object> readArray() {
        List<@Nullable Object> items = new ArrayList<>();
        skipSpace();
        if (accept(']')) {
            return items;
        }
        do {
            items.add(readValue());
            skipSpace();
        } while (accept(','));
        expect(']');
        return items;
    }

    private String readText() {
        int start = ++position;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                return text.substring(start, position++);
            }
            if (c == '\\') {
                return readEscapedText(start);
            }
            position++;
        }
        throw failure("the end of a text");
    }

    private String readEscapedText(int start) {
        StringBuilder value = new StringBuilder().append(text, start, position);
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? readEscape() : c);
        }
        throw failure("the end of a text");
    }

    private char readEscape() {
        if (position >= text.length()) {
            throw failure("an escape");
        }
        char c = text.charAt(position++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> c;
            case 'u' -> readUnicode();
            default -> throw failure("an escape");
        };
    }

    private char readUnicode() {
        if (position + 4 > text.length()) {
            throw failure("four hexadecimal digits");
        }
        try {
            char value = (char) Integer.parseInt(text, position, position + 4, 16);
            position += 4;
            return value;
        } catch (NumberFormatException e) {
            throw failure("four hexadecimal digits");
        }
    }

    private Number readNumber() {
        int start = position;
        boolean integer = true;
        while (position < text.length() && "+-0123456789.eE".indexOf(text.charAt(position)) >= 0) {
            integer &= ".eE".indexOf(text.charAt(position)) < 0;
            position++;
        }
        String digits = text.substring(start, position);
        try {
            if (!integer) {
                return new BigDecimal(digits);
            }
            return digits.length() < 19 ? (Number) Long.valueOf(digits) : new BigInteger(digits);
        } catch (NumberFormatException e) {
            position = start;
            throw failure("a value");
        }
    }

    private @Nullable Object literal(String word, @Nullable Object value) {
        if (!text.startsWith(word, position)) {
            throw failure("a value");
        }
        position += word.length();
        return value;
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean accept(char c) {
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw failure("'" + c + "'");
        }
    }

    private IllegalArgumentException failure(String expected) {
        return new IllegalArgumentException("not JSON: expected " + expected + " at character " + position);
    }
}
