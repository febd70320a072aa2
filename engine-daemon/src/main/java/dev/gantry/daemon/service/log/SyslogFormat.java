package dev.gantry.daemon.service.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.daemon.runtime.log.LogLine;
import dev.gantry.daemon.type.StreamType;
import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes lines as syslog messages, in the forms that docker's driver knows. */
final class SyslogFormat {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX", Locale.ROOT);
    private static final int ERROR = 3;
    private static final int INFORMATION = 6;

    private final SyslogTarget target;
    private final String host;
    private final String tag;
    private final long pid;
    private final ZoneId zone;

    /**
     * @param host this host's name
     * @param tag what the message is from
     * @param pid of this daemon
     */
    SyslogFormat(SyslogTarget target, String host, String tag, long pid, ZoneId zone) {
        this.target = target;
        this.host = host;
        // a tag comes from the user's template and from labels: it must not begin a message of its own
        this.tag = tag.replaceAll("\\p{Cntrl}", "_");
        this.pid = pid;
        this.zone = zone;
    }

    /** One message, framed for the way it goes. */
    byte[] message(LogLine line) {
        int priority = target.facility() * 8 + (line.stream() == StreamType.STDERR ? ERROR : INFORMATION);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(head(priority, line.time().atZone(zone)).getBytes(UTF_8));
        message.writeBytes(line.text());
        message.write('\n');
        if (!countsBytes()) {
            return message.toByteArray();
        }
        ByteArrayOutputStream counted = new ByteArrayOutputStream();
        counted.writeBytes((message.size() + " ").getBytes(UTF_8));
        counted.writeBytes(message.toByteArray());
        return counted.toByteArray();
    }

    /** RFC 5425 counts, as docker's driver does over TLS. */
    private boolean countsBytes() {
        return target.scheme().equals("tcp+tls") && target.format().startsWith("rfc5424");
    }

    private String head(int priority, ZonedDateTime time) {
        return switch (target.format()) {
            case "rfc3164" -> "<" + priority + ">" + STAMP.format(time) + " " + host + " " + tag + "[" + pid + "]: ";
            case "rfc5424" -> rfc5424(priority, SECONDS.format(time));
            case "rfc5424micro" -> rfc5424(priority, MICROS.format(time));
            default -> "<" + priority + ">" + STAMP.format(time) + " " + tag + "[" + pid + "]: ";
        };
    }

    private String rfc5424(int priority, String time) {
        String word = tag.replace(' ', '_');
        return "<" + priority + ">1 " + time + " " + host + " " + word + " " + pid + " " + word + " - ";
    }
}
