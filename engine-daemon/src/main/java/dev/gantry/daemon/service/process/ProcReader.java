package dev.gantry.daemon.service.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes the list of {@code ps -ef} from procfs, for hosts without ps. */
final class ProcReader {

    private static final List<String> TITLES = List.of("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");
    private static final long TICKS_PER_SECOND = 100;
    private static final int PTS_MAJOR = 136;

    private ProcReader() {}

    /** Lists processes; those that end meanwhile are left out. */
    static ProcessList list(Set<Integer> pids) {
        Map<String, String> users = users(read(Path.of("/etc/passwd")));
        long boot = bootTime(read(Path.of("/proc/stat")));
        List<List<String>> rows = new ArrayList<>();
        for (int pid : pids) {
            Path process = Path.of("/proc", Integer.toString(pid));
            String stat = read(process.resolve("stat"));
            String status = read(process.resolve("status"));
            if (!stat.isEmpty() && !status.isEmpty()) {
                String command =
                        read(process.resolve("cmdline")).replace('\0', ' ').strip();
                rows.add(row(stat, status, command, users, boot, Instant.now()));
            }
        }
        return new ProcessList(TITLES, rows);
    }

    static List<String> row(
            String stat, String status, String command, Map<String, String> users, long boot, Instant now) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        String name = stat.substring(open + 1, close);
        String[] fields = stat.substring(close + 2).strip().split(" ", -1);
        String uid = field(status, "Uid:");
        long cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        long started = boot + Long.parseLong(fields[19]) / TICKS_PER_SECOND;
        long age = Math.max(1, now.getEpochSecond() - started);
        return List.of(
                users.getOrDefault(uid, uid),
                stat.substring(0, open).strip(),
                fields[1],
                Long.toString(Math.min(99, cpu * 100 / age)),
                startTime(started, now),
                terminal(Integer.parseInt(fields[4])),
                String.format(Locale.ROOT, "%02d:%02d:%02d", cpu / 3600, cpu / 60 % 60, cpu % 60),
                command.isEmpty() ? "[" + name + "]" : command);
    }

    private static String startTime(long seconds, Instant now) {
        ZonedDateTime start = Instant.ofEpochSecond(seconds).atZone(ZoneId.systemDefault());
        LocalDate today = now.atZone(ZoneId.systemDefault()).toLocalDate();
        String pattern =
                start.toLocalDate().equals(today) ? "HH:mm" : start.getYear() == today.getYear() ? "MMMdd" : "yyyy";
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(start);
    }

    private static String terminal(int device) {
        int major = device >> 8 & 0xfff;
        return major >= PTS_MAJOR && major < PTS_MAJOR + 8 ? "pts/" + (device & 0xff) : "?";
    }

    private static String field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split("\\s+", -1)[0])
                .findFirst()
                .orElse("?");
    }

    private static Map<String, String> users(String passwd) {
        Map<String, String> users = new HashMap<>();
        passwd.lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 2)
                .forEach(fields -> users.putIfAbsent(fields[2], fields[0]));
        return users;
    }

    private static long bootTime(String stat) {
        return stat.lines()
                .filter(line -> line.startsWith("btime "))
                .map(line -> Long.parseLong(line.substring(6).strip()))
                .findFirst()
                .orElse(0L);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException ended) {
            return "";
        }
    }
}
