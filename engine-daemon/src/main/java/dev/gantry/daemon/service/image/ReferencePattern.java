package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.ImageReference;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A shell pattern for the names of images, as people write them: {@code *} and {@code ?} do not cross a slash. A
 * pattern matches a name in full, or its repository alone.
 */
final class ReferencePattern {

    private final Pattern pattern;

    private ReferencePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Reads a pattern: {@code *}, {@code ?}, {@code [a-z]}, {@code [^a-z]} and a backslash before what is meant as such. */
    static ReferencePattern parse(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[') {
                int end = endOfClass(text, i);
                regex.append('[')
                        .append(characterClass(text.substring(i + 1, end)))
                        .append(']');
                i = end;
            } else if (c == '\\') {
                i++;
                if (i == text.length()) {
                    throw malformed(text);
                }
                regex.append(quote(text.charAt(i)));
            } else {
                regex.append(quote(c));
            }
        }
        try {
            return new ReferencePattern(Pattern.compile(regex.toString()));
        } catch (PatternSyntaxException e) {
            throw malformed(text);
        }
    }

    boolean matches(ImageReference reference) {
        return pattern.matcher(reference.familiar()).matches()
                || pattern.matcher(reference.familiarName()).matches();
    }

    private static int endOfClass(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ']' && i > start + 1) {
                return i;
            }
        }
        throw malformed(text);
    }

    private static String characterClass(String inner) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if ((i == 0 && c == '^') || c == '-' || c == '\\') {
                regex.append(c);
            } else {
                regex.append(quote(c));
            }
        }
        return regex.toString();
    }

    private static String quote(char c) {
        return Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\" + c;
    }

    private static EngineException malformed(String text) {
        return EngineException.invalid("invalid filter 'reference=" + text + "': syntax error in pattern");
    }
}
