package dev.gantry.api;

/**
 * The containerd an engine uses.
 */
public record ContainerdInfo(@OmitEmpty String address, ContainerdNamespaces namespaces) {

    public ContainerdInfo {
        address = Absent.text(address);
        namespaces = namespaces == null ? ContainerdNamespaces.EMPTY : namespaces;
    }
}
