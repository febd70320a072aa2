package dev.gantry.daemon.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.type.EngineException;
import org.junit.jupiter.api.Test;

class AddressAllocatorTests {

    private final AddressAllocator addresses =
            new AddressAllocator(Subnet.parse("10.1.2.0/29"), Ipv4Address.parse("10.1.2.1"), "bridge");

    @Test
    void goesOnAndComesBackToReleasedAddressesLast() {
        assertThat(addresses.takeAny()).hasToString("10.1.2.2");
        addresses.release(Ipv4Address.parse("10.1.2.2"));
        assertThat(addresses.takeAny()).hasToString("10.1.2.3");
        assertThat(addresses.takeAny()).hasToString("10.1.2.4");
        assertThat(addresses.takeAny()).hasToString("10.1.2.5");
        assertThat(addresses.takeAny()).hasToString("10.1.2.6");
        assertThat(addresses.takeAny()).hasToString("10.1.2.2");
        assertThatThrownBy(addresses::takeAny)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no available IPv4 addresses");
    }

    @Test
    void refusesGatewayBroadcastForeignAndTakenAddresses() {
        addresses.take(Ipv4Address.parse("10.1.2.4"));
        for (String taken : new String[] {"10.1.2.0", "10.1.2.1", "10.1.2.4", "10.1.2.7"}) {
            assertThatThrownBy(() -> addresses.take(Ipv4Address.parse(taken)))
                    .hasMessageContaining("Address already in use");
        }
        assertThatThrownBy(() -> addresses.take(Ipv4Address.parse("10.1.3.1")))
                .hasMessageContaining("does not belong to any of this network's subnets");
    }
}
