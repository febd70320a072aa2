package dev.gantry.daemon.store.metadata;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps objects of one type as JSON files of one directory, one file per object, with all of them in memory. What is on
 * the disk is the truth: an object is in the memory only after it is on the disk for good. A file that cannot be
 * understood at start is set aside and reported, and the others load. Thread-safe; readers never wait for writers.
 *
 * @param <T> immutable, mapped by Jackson
 */
public final class MetadataStore<T> {

    private static final Logger LOG = System.getLogger(MetadataStore.class.getName());
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,240}");
    private static final String SUFFIX = ".json";
    private static final String DAMAGED_SUFFIX = ".damaged";

    private final Path directory;
    private final JsonMapper mapper;
    private final List<DamagedFile> damaged = Collections.synchronizedList(new ArrayList<>());
    private final Object writing = new Object();
    private volatile Map<String, T> index = Map.of();

    private MetadataStore(Path directory, JsonMapper mapper) {
        this.directory = directory;
        this.mapper = mapper;
    }

    /** Opens a directory, made when missing, and loads what is in it. */
    public static <T> MetadataStore<T> open(Path directory, Class<T> type, JsonMapper mapper) {
        MetadataStore<T> store = new MetadataStore<>(directory, mapper);
        try {
            Files.createDirectories(directory);
            store.load(type);
        } catch (IOException e) {
            throw EngineException.internal("Cannot open the metadata in " + directory + ": " + e.getMessage(), e);
        }
        return store;
    }

    private void load(Class<T> type) throws IOException {
        Map<String, T> loaded = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(DurableFile.TEMPORARY_SUFFIX)) {
                    Files.delete(file);
                } else if (name.endsWith(DAMAGED_SUFFIX)) {
                    damaged.add(new DamagedFile(file, "set aside at an earlier start"));
                } else if (name.endsWith(SUFFIX)) {
                    load(file, name.substring(0, name.length() - SUFFIX.length()), type, loaded);
                }
            }
        }
        index = Collections.unmodifiableMap(loaded);
    }

    private void load(Path file, String key, Class<T> type, Map<String, T> loaded) throws IOException {
        try {
            T value = mapper.readValue(Files.readAllBytes(file), type);
            if (value == null) {
                setAside(file, "it holds no object");
            } else {
                loaded.put(key, value);
            }
        } catch (JacksonException e) {
            setAside(file, e.getOriginalMessage());
        }
    }

    private void setAside(Path file, String reason) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + DAMAGED_SUFFIX);
        Files.move(file, aside, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        damaged.add(new DamagedFile(aside, reason));
        LOG.log(Level.WARNING, "Metadata set aside file={0} reason={1}", aside, reason);
    }

    /** The object of a key. */
    public Optional<T> get(String key) {
        return Optional.ofNullable(index.get(key));
    }

    /** All objects at this moment, in the order of their keys. */
    public List<T> all() {
        return List.copyOf(index.values());
    }

    /** All keys and objects at this moment, in the order of their keys. */
    public Map<String, T> entries() {
        return index;
    }

    /**
     * Adds or replaces an object. When it returns, the object survives a crash; when it throws, the old one stays.
     *
     * @param key letters, digits, {@code _ . -}, starting with a letter or digit
     */
    public void put(String key, T value) {
        byte[] json = mapper.writeValueAsBytes(value);
        synchronized (writing) {
            DurableFile.write(file(key), json);
            Map<String, T> changed = new TreeMap<>(index);
            changed.put(key, value);
            index = Collections.unmodifiableMap(changed);
        }
    }

    /** Removes an object for good. Returns whether there was one. */
    public boolean remove(String key) {
        synchronized (writing) {
            if (!index.containsKey(key)) {
                return false;
            }
            DurableFile.delete(file(key));
            Map<String, T> changed = new TreeMap<>(index);
            changed.remove(key);
            index = Collections.unmodifiableMap(changed);
            return true;
        }
    }

    /** The files that could not be understood, from this start and earlier ones. */
    public List<DamagedFile> damaged() {
        synchronized (damaged) {
            return List.copyOf(damaged);
        }
    }

    /** Whether there is a file for a key that could not be understood. */
    public boolean isDamaged(String key) {
        String name = key + SUFFIX + DAMAGED_SUFFIX;
        return damaged().stream()
                .anyMatch(file -> String.valueOf(file.file().getFileName()).equals(name));
    }

    private Path file(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("Not a key of a metadata file: '" + key + "'");
        }
        return directory.resolve(key + SUFFIX);
    }
}
