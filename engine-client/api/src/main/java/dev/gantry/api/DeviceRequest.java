package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A request for devices that a driver chooses.
 *
 * @param count -1 for all
 * @param capabilities OR of ANDs
 */
public record DeviceRequest(
        String driver,
        int count,

        @JsonProperty("DeviceIDs") @JsonSerialize(using = NullIfEmptySerializer.class)
        List<String> deviceIds,

        List<List<String>> capabilities,
        Map<String, String> options) {

    public DeviceRequest {
        driver = Absent.text(driver);
        deviceIds = Absent.list(deviceIds);
        capabilities = Absent.list(capabilities);
        options = Absent.texts(options);
    }
}
