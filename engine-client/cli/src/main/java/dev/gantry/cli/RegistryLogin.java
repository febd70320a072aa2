package dev.gantry.cli;

import dev.gantry.client.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The credentials for registries that {@code docker login} keeps in {@code config.json}. What credential helpers keep
 * is not asked for.
 */
final class RegistryLogin {

    /** The name under which the credentials of the default registry are kept. */
    private static final String DEFAULT_REGISTRY = "index.docker.io";

    private final Path file;

    /** Finds the file as docker does: in {@code DOCKER_CONFIG}, else below the home directory. */
    RegistryLogin(Map<String, String> environment) {
        String directory = environment.getOrDefault("DOCKER_CONFIG", "");
        file = directory.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", "/"), ".docker", "config.json")
                : Path.of(directory, "config.json");
    }

    /** The header with the credentials for an image's registry; anonymous where there are none. */
    String header(String image) throws IOException {
        if (!Files.isReadable(file)) {
            return Cli.anonymous();
        }
        String registry = registry(image);
        Json logins = Json.parse(Files.readString(file)).get("auths");
        if (logins.raw() instanceof Map<?, ?> map) {
            for (Object key : map.keySet()) {
                if (host(key.toString()).equals(registry)) {
                    return encode(logins.get(key.toString()), key.toString());
                }
            }
        }
        return Cli.anonymous();
    }

    private static String encode(Json login, String server) {
        Map<String, String> credentials = new LinkedHashMap<>();
        String pair = new String(Base64.getDecoder().decode(login.get("auth").text()), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon > 0) {
            credentials.put("username", pair.substring(0, colon));
            credentials.put("password", pair.substring(colon + 1).replaceAll("\0+$", ""));
        }
        credentials.put("serveraddress", server);
        credentials.put("identitytoken", login.get("identitytoken").text());
        credentials.put("registrytoken", login.get("registrytoken").text());
        credentials.values().removeIf(String::isEmpty);
        return Base64.getUrlEncoder()
                .encodeToString(Json.of(credentials).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The registry's host and port, as in the first part of an image's name. */
    private static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
        return named && !first.equals("docker.io") ? first : DEFAULT_REGISTRY;
    }

    private static String host(String key) {
        String rest = key.replaceFirst("^https?://", "");
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }
}
