package dev.gantry.daemon.service.log;

import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A tag with fields in Go's notation, {@code {{.Name}}/{{.ID}}}; nothing else of Go's templates. */
final class LogTag {

    private static final String DAEMON = "gantry";
    private static final int SHORT = 12;

    private static final Map<String, Function<LogSubject, String>> FIELDS = Map.of(
            "ID", subject -> subject.id().shortForm(),
            "FullID", subject -> subject.id().value(),
            "Name", LogSubject::name,
            "ImageName", LogSubject::imageName,
            "ImageID", subject -> shortImageId(subject.imageId()),
            "ImageFullID", LogSubject::imageId,
            "DaemonName", subject -> DAEMON);

    private final List<Function<LogSubject, String>> parts;

    private LogTag(List<Function<LogSubject, String>> parts) {
        this.parts = parts;
    }

    static LogTag parse(String text) {
        List<Function<LogSubject, String>> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            String literal = text.substring(at, open < 0 ? text.length() : open);
            parts.add(subject -> literal);
            if (open < 0) {
                break;
            }
            int close = text.indexOf("}}", open);
            if (close < 0) {
                // compat: the texts of Go's templates, here and below
                throw invalid("template: log-tag:1: unclosed action");
            }
            parts.add(field(text.substring(open + 2, close), open + 2));
            at = close + 2;
        }
        return new LogTag(parts);
    }

    private static Function<LogSubject, String> field(String action, int column) {
        String trimmed = action.strip();
        if (!trimmed.startsWith(".")) {
            throw invalid("template: log-tag:1: unexpected \"" + trimmed + "\" in command");
        }
        Function<LogSubject, String> field = FIELDS.get(trimmed.substring(1));
        if (field == null) {
            throw invalid("template: log-tag:1:" + column + ": executing \"log-tag\" at <" + trimmed
                    + ">: can't evaluate field " + trimmed.substring(1) + " in type *logger.Info");
        }
        return field;
    }

    private static EngineException invalid(String reason) {
        return EngineException.invalid("failed to initialize logging driver: " + reason);
    }

    private static String shortImageId(String id) {
        String digits = id.substring(id.indexOf(':') + 1);
        return digits.substring(0, Math.min(SHORT, digits.length()));
    }

    String text(LogSubject subject) {
        return parts.stream().map(part -> part.apply(subject)).collect(Collectors.joining());
    }
}
