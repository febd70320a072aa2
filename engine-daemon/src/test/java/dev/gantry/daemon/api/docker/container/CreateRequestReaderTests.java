package dev.gantry.daemon.api.docker.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.api.ContainerCreateRequest;
import dev.gantry.api.EngineJson;
import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.network.PortRequest;
import dev.gantry.daemon.service.container.ContainerRequest;
import dev.gantry.daemon.service.container.MountRequest;
import dev.gantry.daemon.type.EngineException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateRequestReaderTests {

    private static ContainerRequest read(String hostConfig) {
        return readBody("{\"Image\":\"busybox\",\"HostConfig\":{" + hostConfig.replace('\'', '"') + "}}");
    }

    private static ContainerRequest readBody(String json) {
        return CreateRequestReader.read(
                Optional.of("web"), EngineJson.mapper().readValue(json, ContainerCreateRequest.class));
    }

    private static List<MountRequest> mounts(String hostConfig) {
        return read(hostConfig).host().mounts();
    }

    @Test
    void nothingAskedForIsRefused() {
        assertThatThrownBy(() -> readBody("{}")).hasMessage("config cannot be empty in order to create a container");
        assertThatThrownBy(() -> readBody("{\"Cmd\":[\"x\"]}")).hasMessage("no image specified");
    }

    @Test
    void shortFormsOfMounts() {
        assertThat(mounts("'Binds':['/src:/dst:ro,rslave','named:/vol','/anonymous']"))
                .satisfiesExactly(
                        bind -> assertThat(bind)
                                .isEqualTo(
                                        new MountRequest.Bind("/src", "/dst", true, "rslave", true, true, "ro,rslave")),
                        named ->
                                assertThat(((MountRequest.Volume) named).name()).contains("named"),
                        anonymous -> assertThat(((MountRequest.Volume) anonymous).name())
                                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b:c:d", ":/dst", "/src:", "", "/src::ro"})
    void shortFormsThatCannotBe(String bind) {
        assertThatThrownBy(() -> read("'Binds':['" + bind + "']"))
                .hasMessageStartingWith("invalid volume specification");
    }

    @Test
    void unknownModeIsSaid() {
        assertThatThrownBy(() -> read("'Binds':['/a:/b:rx']")).hasMessage("invalid mode: rx");
    }

    @Test
    void optionsOfAnotherTypeOfMountAreRefused() {
        assertThatThrownBy(() -> read("'Mounts':[{'Type':'tmpfs','Target':'/t','BindOptions':{}}]"))
                .hasMessageContaining("field BindOptions must not be specified");
        assertThatThrownBy(() -> read("'Mounts':[{'Type':'bind','Source':'rel','Target':'/t'}]"))
                .hasMessageContaining("mount path must be absolute");
    }

    @Test
    void portsChosenRandomAndInARange() {
        Port web = Port.parse("80/tcp");
        assertThat(read("'PortBindings':{'80/tcp':[{'HostPort':'8080'},{'HostIp':'127.0.0.1','HostPort':'1-9'},{}]}")
                        .host()
                        .ports())
                .containsExactly(
                        new PortRequest(web, Optional.empty(), 8080, 8080),
                        new PortRequest(web, Optional.of("127.0.0.1"), 1, 9),
                        new PortRequest(web, Optional.empty(), 0, 0));
        assertThat(read("'PortBindings':{'80/tcp':null}").host().ports())
                .containsExactly(new PortRequest(web, Optional.empty(), 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "65536", "9-1", "1-", "1-2-3"})
    void portsThatCannotBe(String port) {
        assertThatThrownBy(() -> read("'PortBindings':{'80/tcp':[{'HostPort':'" + port + "'}]}"))
                .hasMessage("invalid port specification: \"" + port + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Memory':1048576 | Minimum memory limit allowed is 6MB",
                "'MemorySwap':8388608 | You should always set the Memory limit",
                "'Memory':8388608,'MemorySwap':7340032 | Minimum memoryswap limit should be larger",
                "'NanoCpus':-1 | range of CPUs is from 0.01",
                "'NanoCpus':1000000,'CpuQuota':5000 | Conflicting options",
                "'CpuPeriod':999 | CPU cfs period can not be less than 1ms",
                "'CpuQuota':999 | CPU cfs quota can not be less than 1ms",
                "'BlkioWeight':9 | Range of blkio weight is from 10 to 1000",
                "'OomScoreAdj':1001 | range for oom score adj",
                "'ShmSize':-1 | SHM size can not be less than 0",
                "'Ulimits':[{'Name':'nofile','Soft':2,'Hard':1}] | ulimit soft limit must be less",
                "'ExtraHosts':['noaddress'] | bad format for add-host",
                "'SecurityOpt':['magic=1'] | invalid --security-opt",
                "'RestartPolicy':{'Name':'sometimes'} | invalid restart policy"
            })
    void wishesThatCannotBe(String hostConfig, String message) {
        assertThatThrownBy(() -> readBody(
                        "{\"Image\":\"b\",\"HostConfig\":{" + hostConfig.strip().replace('\'', '"') + "}}"))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.INVALID))
                .hasMessageContaining(message.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Links':['a:b']",
                "'VolumesFrom':['a']",
                "'UsernsMode':'private'",
                "'StorageOpt':{'size':'1G'}",
                "'LogConfig':{'Type':'syslog'}",
                "'Annotations':{'a':'b'}"
            })
    void whatIsNotThereYetIsSaidByName(String hostConfig) {
        assertThatThrownBy(() -> read(hostConfig))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NOT_IMPLEMENTED))
                .hasMessageContaining("not implemented yet");
    }

    @Test
    void keysMayHaveAnyCaseAndUnknownOnesAreIgnored() {
        ContainerRequest request = readBody(
                "{\"image\":\"busybox\",\"CMD\":[\"x\"],\"Nonsense\":{},\"hostconfig\":{\"autoremove\":true}}");
        assertThat(request.command()).contains(List.of("x"));
        assertThat(request.host().autoRemove()).isTrue();
    }

    @Test
    void memoryAloneAllowsAsMuchSwap() {
        assertThat(read("'Memory':8388608").host().resources())
                .isEqualTo(read("'Memory':8388608,'MemorySwap':16777216").host().resources());
    }
}
