package dev.gantry.daemon.service.log;

import dev.gantry.daemon.runtime.log.ContainerLog;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/** Begins the shipping of logs whose drivers send them to other systems. */
public final class LogShipping {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private LogShipping() {}

    /**
     * Looks whether the other system is there, before a container with such a log starts.
     *
     * @throws EngineException internal, with docker's words for it
     */
    public static void check(LogChoice choice, LogSubject subject) {
        String reason = "";
        if (choice.driver() == LogDriver.JOURNALD && !JournalTransport.isThere()) {
            reason = "journald is not enabled on this host";
        } else if (choice.driver() == LogDriver.SYSLOG) {
            try (SyslogTransport transport = syslog(choice, subject)) {
                transport.open();
            } catch (IOException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        if (!reason.isEmpty()) {
            throw new EngineException(
                    EngineException.Kind.INTERNAL,
                    "failed to create task for container: failed to initialize logging driver: " + reason);
        }
    }

    /**
     * Begins to ship a log.
     *
     * @param state keeps how far it is
     */
    public static LogShipper start(LogChoice choice, LogSubject subject, ContainerLog log, Path state) {
        LogTransport transport = choice.driver() == LogDriver.JOURNALD
                ? new JournalTransport(JournalTransport.SOCKET, subject, choice.options())
                : syslog(choice, subject);
        return LogShipper.start(log, state, transport);
    }

    private static SyslogTransport syslog(LogChoice choice, LogSubject subject) {
        String tag = choice.option("tag")
                .map(text -> LogTag.parse(text).text(subject))
                .filter(text -> !text.isEmpty())
                .orElse(subject.id().shortForm());
        SyslogTarget target = SyslogTarget.of(choice.options());
        return new SyslogTransport(
                target,
                new SyslogFormat(
                        target, hostName(), tag, ProcessHandle.current().pid(), ZoneId.systemDefault()));
    }

    private static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + HOST_NAME, e);
        }
    }
}
