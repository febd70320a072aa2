package dev.gantry.daemon.type;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A Linux signal.
 *
 * @param number 1 to 64
 */
public record Signal(int number) {

    private static final int SIGRTMIN = 34;
    private static final int SIGRTMAX = 64;
    private static final Map<String, Integer> BY_NAME = names();

    public static final Signal KILL = new Signal(9);
    public static final Signal TERM = new Signal(15);
    public static final Signal HUP = new Signal(1);

    public Signal {
        if (number < 1 || number > SIGRTMAX) {
            throw new IllegalArgumentException("Invalid signal: " + number);
        }
    }

    /**
     * Reads a number ("9"), or a name with or without the prefix, in any case ("KILL", "sigkill", "RTMIN+3").
     *
     * @throws EngineException of kind invalid where the text names no signal
     */
    public static Signal parse(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        if (name.chars().allMatch(Character::isDigit) && !name.isEmpty() && name.length() <= 3) {
            int number = Integer.parseInt(name);
            if (number >= 1 && number <= SIGRTMAX) {
                return new Signal(number);
            }
        }
        Integer number = BY_NAME.get(name.startsWith("SIG") ? name.substring(3) : name);
        if (number == null) {
            // compat: docker's text
            throw EngineException.invalid("invalid signal: " + text);
        }
        return new Signal(number);
    }

    private static Map<String, Integer> names() {
        String[] inOrder = {
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS"
        };
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < inOrder.length; i++) {
            names.put(inOrder[i], i + 1);
        }
        names.put("IOT", 6);
        names.put("CLD", 17);
        names.put("POLL", 29);
        names.put("RTMIN", SIGRTMIN);
        names.put("RTMAX", SIGRTMAX);
        for (int i = 1; i <= 15; i++) {
            names.put("RTMIN+" + i, SIGRTMIN + i);
        }
        for (int i = 1; i <= 14; i++) {
            names.put("RTMAX-" + i, SIGRTMAX - i);
        }
        return Map.copyOf(names);
    }
}
