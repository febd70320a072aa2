package dev.gantry.daemon.type;

/**
 * The size of a terminal in character cells.
 *
 * @param height rows, 0 to 65535
 * @param width columns, 0 to 65535
 */
public record TerminalSize(int height, int width) {

    public TerminalSize {
        if (height < 0 || height > 0xffff || width < 0 || width > 0xffff) {
            throw new IllegalArgumentException("A terminal cannot be " + height + " rows by " + width + " columns");
        }
    }
}
