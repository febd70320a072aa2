package dev.gantry.api;

/**
 * An address with the length of its prefix.
 */
public record Address(String addr, int prefixLen) {

    public Address {
        addr = Absent.text(addr);
    }
}
