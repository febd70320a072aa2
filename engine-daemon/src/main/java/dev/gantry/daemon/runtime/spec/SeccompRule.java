package dev.gantry.daemon.runtime.spec;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What happens to some system calls under some conditions.
 *
 * @param names of the calls
 * @param action as the OCI specification names it
 * @param errno the error number, where the action gives one
 * @param arguments all must hold
 * @param condition when the rule is part of the filter
 */
record SeccompRule(
        List<String> names, String action, Optional<Long> errno, List<Argument> arguments, Condition condition) {

    SeccompRule {
        names = List.copyOf(names);
        arguments = List.copyOf(arguments);
    }

    /**
     * A comparison of an argument.
     *
     * @param index 0 to 5
     * @param value an unsigned number
     * @param valueTwo what is left of the argument where {@code value} is a mask
     * @param operator as the OCI specification names it
     */
    record Argument(int index, long value, long valueTwo, String operator) {}

    /**
     * When a rule holds. Empty sets say nothing.
     *
     * @param capabilities the container's bounding set holds all of them
     * @param withoutCapabilities and none of these
     * @param architectures the host is one of them
     * @param withoutArchitectures and none of these
     * @param minKernel and its kernel at least this
     */
    record Condition(
            Set<String> capabilities,
            Set<String> withoutCapabilities,
            Set<String> architectures,
            Set<String> withoutArchitectures,
            Optional<KernelVersion> minKernel) {

        static final Condition ALWAYS = new Condition(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty());

        boolean holds(Set<String> containerCapabilities, String architecture, KernelVersion kernel) {
            return containerCapabilities.containsAll(capabilities)
                    && withoutCapabilities.stream().noneMatch(containerCapabilities::contains)
                    && (architectures.isEmpty() || architectures.contains(architecture))
                    && !withoutArchitectures.contains(architecture)
                    && minKernel.map(least -> kernel.compareTo(least) >= 0).orElse(true);
        }
    }

    /**
     * The first two numbers of a kernel's version.
     *
     * @param major before the point
     * @param minor after it
     */
    record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {

        /** Reads {@code 6.1.0-49-amd64} and {@code 4.8}. */
        static KernelVersion parse(String text) {
            String[] parts = text.split("[^0-9]+", 3);
            if (parts.length < 2) {
                throw new IllegalArgumentException("No kernel version: " + text);
            }
            return new KernelVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public int compareTo(KernelVersion other) {
            return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
        }
    }
}
