package dev.gantry.daemon.linux.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as an image or a container names it: of another world than a host path, and only {@link RootDirectory} joins
 * the two. It is a list of names below a root; {@code .} and empty names are dropped, {@code ..} is resolved by the text
 * and ends at the root. Names are bytes, held as characters of ISO 8859-1.
 */
public final class ContainerPath {

    /** The root itself. */
    public static final ContainerPath ROOT = new ContainerPath(List.of(), false);

    private final List<String> names;
    private final boolean escaping;

    private ContainerPath(List<String> names, boolean escaping) {
        this.names = List.copyOf(names);
        this.escaping = escaping;
    }

    /** Reads a path in UTF-8, absolute or not. */
    public static ContainerPath of(String path) {
        return of(path.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a path of bytes, absolute or not.
     *
     * @throws IllegalArgumentException if it holds a NUL
     */
    public static ContainerPath of(byte[] path) {
        List<String> names = new ArrayList<>();
        boolean escaping = false;
        for (String name : new String(path, StandardCharsets.ISO_8859_1).split("/", -1)) {
            if (name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("A path cannot hold a NUL byte");
            }
            if (name.equals("..")) {
                if (names.isEmpty()) {
                    escaping = true;
                } else {
                    names.remove(names.size() - 1);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return new ContainerPath(names, escaping);
    }

    /** Whether the text had more {@code ..} than names before them: it tried to leave its root. */
    public boolean triedToEscape() {
        return escaping;
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /** Number of names. */
    public int depth() {
        return names.size();
    }

    /**
     * The directory that holds the last name.
     *
     * @throws IllegalStateException for the root
     */
    public ContainerPath parent() {
        requireName();
        return new ContainerPath(names.subList(0, names.size() - 1), escaping);
    }

    /** The first {@code count} names. */
    public ContainerPath prefix(int count) {
        return new ContainerPath(names.subList(0, count), escaping);
    }

    /** The same directory with another last name, which is a single name. */
    public ContainerPath sibling(String latin1Name) {
        List<String> changed = new ArrayList<>(names);
        changed.set(names.size() - 1, latin1Name);
        return new ContainerPath(changed, escaping);
    }

    /** The last name, its bytes as characters of ISO 8859-1. */
    public String latin1Name() {
        requireName();
        return names.get(names.size() - 1);
    }

    /** The last name in the form of {@link PathBytes}. */
    public byte[] nameBytes() {
        return terminated(latin1Name());
    }

    /** The whole path relative to its root in the form of {@link PathBytes}; {@code .} for the root. */
    public byte[] relativeBytes() {
        return terminated(names.isEmpty() ? "." : String.join("/", names));
    }

    private static byte[] terminated(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return PathBytes.of(bytes, 0, bytes.length);
    }

    private void requireName() {
        if (names.isEmpty()) {
            throw new IllegalStateException("The root has no name");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContainerPath path && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    /** The absolute path as text, for people. */
    @Override
    public String toString() {
        String latin1 = "/" + String.join("/", names);
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
