package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealmGuardTests {

    private final Endpoint secure =
            new Endpoint(URI.create("https://203.0.113.7:5000"), Endpoint.Trust.VERIFIED, false);
    private final Endpoint local = new Endpoint(URI.create("http://127.0.0.1:5000"), Endpoint.Trust.INSECURE, false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://198.51.100.1/token",
                "http://203.0.113.7:5000/token",
                "https://127.0.0.1/token",
                "https://127.1.2.3/token",
                "https://localhost/token",
                "https://[::1]/token",
                "https://[::ffff:127.0.0.1]/token",
                "https://10.0.0.1/token",
                "https://172.16.3.4/token",
                "https://192.168.1.1/token",
                "https://100.64.0.1/token",
                "https://0.0.0.0/token",
                "https://[fd00::1]/token",
                "https://[fe80::1]/token",
                "https://169.254.169.254/latest/meta-data",
                "https://user:secret@198.51.100.1/token",
                "https://198.51.100.1/token#part",
                "file:///etc/passwd",
                "https:///token",
                "token",
                "ftp://198.51.100.1/x",
                "https://198.51.100.1/to ken"
            })
    void refusesRealmsThatEndanger(String realm) {
        assertThatThrownBy(() -> RealmGuard.check(realm, secure, "log in"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.UNSAFE))
                .hasMessageStartingWith("Tried to log in but failed because the registry names a token server")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://203.0.113.7/token", "https://203.0.113.7:8443/t?x=y", "https://198.51.100.1/token"})
    void takesPublicRealmsAndTheRegistryItself(String realm) {
        assertThat(RealmGuard.check(realm, secure, "log in")).hasToString(realm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:5001/token", "https://127.0.0.1/token", "http://198.51.100.1/token"})
    void localRegistriesMayNameTheirOwnHostWithoutEncryption(String realm) {
        assertThat(RealmGuard.check(realm, local, "log in")).hasToString(realm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.2/token", "http://10.0.0.1/token", "http://169.254.169.254/token"})
    void localRegistriesMayNotNameOtherInternalHosts(String realm) {
        assertThatThrownBy(() -> RealmGuard.check(realm, local, "log in")).isInstanceOf(RegistryException.class);
    }
}
