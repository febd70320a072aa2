package dev.gantry.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, aligned: each column as wide as its widest cell and three spaces, ten at least. */
public final class Columns {

    private static final int MIN_WIDTH = 10;
    private static final int PADDING = 3;

    private final List<List<String>> lines = new ArrayList<>();

    /** Adds a line. */
    public void add(List<String> cells) {
        lines.add(cells);
    }

    @Override
    public String toString() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> line : lines) {
            for (int i = 0; i < line.size() - 1; i++) {
                if (widths.size() <= i) {
                    widths.add(MIN_WIDTH);
                }
                widths.set(i, Math.max(widths.get(i), width(line.get(i)) + PADDING));
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> line : lines) {
            for (int i = 0; i < line.size(); i++) {
                String cell = line.get(i);
                out.append(cell);
                if (i < line.size() - 1) {
                    out.append(" ".repeat(widths.get(i) - width(cell)));
                }
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
