package dev.gantry.daemon.service.container;

import dev.gantry.daemon.service.volume.VolumeService;
import dev.gantry.daemon.store.volume.Volume;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps what belongs to containers whose records cannot be read. Their root file systems stay, and with these their layers;
 * here their volumes are held, as far as the damaged text still names them. It ends when the file is taken away.
 */
final class UnreadableContainers {

    private static final Logger LOG = System.getLogger(UnreadableContainers.class.getName());
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final ContainerIndex index;
    private final VolumeService volumes;

    UnreadableContainers(ContainerIndex index, VolumeService volumes) {
        this.index = index;
        this.volumes = volumes;
    }

    /** Holds their volumes and says in the log what is kept and until when. */
    void hold() {
        for (Path file : index.unreadable()) {
            Matcher id = ID.matcher(String.valueOf(file.getFileName()));
            if (id.lookingAt()) {
                hold(new ContainerId(id.group()), file);
            }
        }
    }

    private void hold(ContainerId id, Path file) {
        String text = read(file);
        List<String> held = volumes.list().stream()
                .map(Volume::name)
                .filter(name -> text.contains("\"" + name + "\""))
                .toList();
        held.forEach(name -> volumes.hold(name, id));
        LOG.log(
                Level.WARNING,
                "container unreadable, its files, layers and volumes are kept id={0} volumes={1} until_removed={2}",
                id.shortForm(),
                held,
                file);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw EngineException.internal("reading " + file + ": " + e.getMessage(), e);
        }
    }
}
