package dev.gantry.api;

/**
 * Names in a containerd.
 */
public record ContainerdNamespaces(String containers, String plugins) {

    /** All values absent. */
    public static final ContainerdNamespaces EMPTY = new ContainerdNamespaces("", "");

    public ContainerdNamespaces {
        containers = Absent.text(containers);
        plugins = Absent.text(plugins);
    }
}
