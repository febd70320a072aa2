package dev.gantry.cli.output;

import dev.gantry.cli.template.Row;
import dev.gantry.cli.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of one kind of thing: its columns, and how a format shows them. */
public final class Listing {

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    /** Names a column for templates and the text above it in tables. */
    public Listing column(String name, String header) {
        headers.put(name, header);
        return this;
    }

    public void add(Row row) {
        rows.add(row);
    }

    /**
     * Prints the list.
     *
     * @param format {@code table TEMPLATE}, {@code table}, {@code json} or a template
     * @param standard the columns of a plain table
     */
    public String print(String format, String... standard) {
        String chosen = format.isEmpty() || format.equals("table") ? "table " + fields(standard) : format;
        if (chosen.equals("json")) {
            chosen = "{{json .}}";
        }
        chosen = chosen.replace("\\t", "\t").replace("\\n", "\n");
        if (!chosen.startsWith("table ")) {
            Template template = Template.parse(chosen);
            StringBuilder out = new StringBuilder();
            rows.forEach(row -> out.append(template.apply(row)).append('\n'));
            return out.toString();
        }
        Template template = Template.parse(chosen.substring("table ".length()).strip());
        Columns table = new Columns();
        Row header = new Row();
        headers.forEach((name, text) -> header.with(name, () -> text));
        table.add(cells(template.apply(header)));
        rows.forEach(row -> table.add(cells(template.apply(row))));
        return table.toString();
    }

    private static String fields(String... names) {
        List<String> fields = new ArrayList<>();
        for (String name : names) {
            fields.add("{{." + name + "}}");
        }
        return String.join("\t", fields);
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }
}
