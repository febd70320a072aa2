package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;

/**
 * Credentials for a registry, as the header {@value #HEADER} carries them. {@link #toString()} shows no secret.
 *
 * @param auth base64 of {@code username:password}, an alternative to both
 * @param identityToken an OAuth2 refresh token
 * @param registryToken a bearer token to be sent as it is
 */
public record RegistryAuth(
        @JsonProperty("username") @OmitEmpty String username,
        @JsonProperty("password") @OmitEmpty String password,
        @JsonProperty("auth") @OmitEmpty String auth,
        @JsonProperty("email") @OmitEmpty String email,
        @JsonProperty("serveraddress") @OmitEmpty String serverAddress,
        @JsonProperty("identitytoken") @OmitEmpty String identityToken,
        @JsonProperty("registrytoken") @OmitEmpty String registryToken) {

    /** The header of pulls and pushes. */
    public static final String HEADER = "X-Registry-Auth";

    /** No credentials. */
    public static final RegistryAuth ANONYMOUS = new RegistryAuth("", "", "", "", "", "", "");

    public RegistryAuth {
        username = Absent.text(username);
        password = Absent.text(password);
        auth = Absent.text(auth);
        email = Absent.text(email);
        serverAddress = Absent.text(serverAddress);
        identityToken = Absent.text(identityToken);
        registryToken = Absent.text(registryToken);
    }

    /** Reads the value of the header; what is empty or not understood is anonymous, as with dockerd. */
    public static RegistryAuth decode(String header) {
        if (header.isEmpty()) {
            return ANONYMOUS;
        }
        try {
            byte[] json = Base64.getUrlDecoder()
                    .decode(header.strip().replace('+', '-').replace('/', '_').getBytes(StandardCharsets.US_ASCII));
            RegistryAuth read = EngineJson.mapper().readValue(json, RegistryAuth.class);
            return read == null ? ANONYMOUS : read;
        } catch (IllegalArgumentException | JacksonException e) {
            return ANONYMOUS;
        }
    }

    /** The value of the header: base64url with padding. */
    public String encode() {
        return Base64.getUrlEncoder().encodeToString(EngineJson.mapper().writeValueAsBytes(this));
    }

    @Override
    public String toString() {
        return "RegistryAuth[username=" + username + ", serverAddress=" + serverAddress + "]";
    }
}
