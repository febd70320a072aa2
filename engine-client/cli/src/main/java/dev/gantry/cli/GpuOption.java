package dev.gantry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code --gpus all}, {@code --gpus 2} and {@code --gpus '"device=0,1",capabilities=utility'}. */
final class GpuOption {

    private GpuOption() {}

    static Map<String, Object> parse(String text) {
        Map<String, Object> request = new LinkedHashMap<>();
        List<String> capabilities = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (String field : fields(text)) {
            int equals = field.indexOf('=');
            String key = equals < 0 ? "count" : field.substring(0, equals);
            String value = equals < 0 ? field : field.substring(equals + 1);
            switch (key) {
                case "driver" -> request.put("Driver", value);
                case "count" -> request.put("Count", count(text, value));
                case "device" -> request.put("DeviceIDs", List.of(value.split(",", -1)));
                case "capabilities" -> capabilities.addAll(List.of(value.split(",", -1)));
                case "options" -> options.putAll(OptionValues.pairs(List.of(value.split(",", -1))));
                default -> throw new IllegalArgumentException("unexpected key '" + key + "' in '" + field + "'");
            }
        }
        if (!request.containsKey("Count") && !request.containsKey("DeviceIDs")) {
            request.put("Count", 1);
        }
        if (!capabilities.contains("gpu")) {
            capabilities.add("gpu");
        }
        request.put("Capabilities", List.of(capabilities));
        request.put("Options", options);
        return request;
    }

    private static int count(String whole, String text) {
        if (text.equals("all")) {
            return -1;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "invalid argument \"" + whole + "\" for \"--gpus\" flag: invalid count (" + text
                            + "): value must be either \"all\" or an integer",
                    e);
        }
    }

    /** Splits at commas; what stands in quotes is one field. */
    private static List<String> fields(String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
