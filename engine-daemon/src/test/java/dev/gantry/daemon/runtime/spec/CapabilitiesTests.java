package dev.gantry.daemon.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.type.EngineException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitiesTests {

    private static final long ALL_BITS = -1L;
    private static final long WITHOUT_SYS_RESOURCE = ~(1L << 24);

    private final Capabilities all = Capabilities.of(40, ALL_BITS);

    @Test
    void nothingAskedForGivesTheDefault() {
        assertThat(all.adjust(List.of(), List.of()))
                .isEqualTo(Capabilities.DEFAULT)
                .hasSize(14);
    }

    @Test
    void namesAreTakenInAnyForm() {
        assertThat(all.adjust(List.of("net_admin", "CAP_SYS_TIME"), List.of("Cap_Chown", "KILL")))
                .contains("CAP_NET_ADMIN", "CAP_SYS_TIME")
                .doesNotContain("CAP_CHOWN", "CAP_KILL")
                .hasSize(14);
    }

    @Test
    void addingAllGivesAllButTheDropped() {
        assertThat(all.adjust(List.of("all"), List.of("MKNOD"))).hasSize(40).doesNotContain("CAP_MKNOD");
    }

    @Test
    void droppingAllGivesOnlyTheAdded() {
        assertThat(all.adjust(List.of("CHOWN"), List.of("ALL"))).containsExactly("CAP_CHOWN");
        assertThat(all.adjust(List.of(), List.of("ALL"))).isEmpty();
    }

    @Test
    void unknownNameIsInvalid() {
        assertThatThrownBy(() -> all.adjust(List.of("fly"), List.of()))
                .isInstanceOf(EngineException.class)
                .hasMessage("invalid CapAdd: unknown capability: \"CAP_FLY\"")
                .extracting("kind")
                .isEqualTo(EngineException.Kind.INVALID);
    }

    @Test
    void nothingBeyondTheBoundingSetIsGiven() {
        Capabilities bounded = Capabilities.of(40, WITHOUT_SYS_RESOURCE);

        assertThat(bounded.privileged()).hasSize(40).doesNotContain("CAP_SYS_RESOURCE");
        assertThat(bounded.adjust(List.of("ALL"), List.of())).doesNotContain("CAP_SYS_RESOURCE");
        assertThatThrownBy(() -> bounded.adjust(List.of("SYS_RESOURCE"), List.of()))
                .hasMessage(
                        "invalid CapAdd: capability not supported by your kernel or not available in the current environment:"
                                + " \"CAP_SYS_RESOURCE\"");
    }

    @Test
    void nothingBeyondTheKernelIsGiven() {
        assertThat(Capabilities.of(37, ALL_BITS).available())
                .hasSize(38)
                .contains("CAP_AUDIT_READ")
                .doesNotContain("CAP_PERFMON");
    }
}
