package dev.gantry.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an image: registry, repository, and a tag or a digest or both. Short names are completed as docker does:
 * {@code busybox} means {@code docker.io/library/busybox}; the first component is a registry only if it holds a dot or
 * a colon, or is {@code localhost}, or has an upper-case letter.
 *
 * @param registry host, with the port where one is given
 * @param repository the path below the registry, in full
 * @param tag absent where none was given
 * @param digest absent where none was given
 */
public record ImageReference(String registry, String repository, Optional<String> tag, Optional<Digest> digest) {

    /** The registry that names without one belong to. */
    public static final String DEFAULT_REGISTRY = "docker.io";

    private static final String OFFICIAL_PREFIX = "library/";
    private static final String DEFAULT_TAG = "latest";
    private static final int MAX_REPOSITORY = 255;
    private static final int MAX_HOST = 320;
    private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final String LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final Pattern HOST =
            Pattern.compile("(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?");
    private static final Pattern BARE_ID = Pattern.compile("[0-9a-f]{64}");

    public ImageReference {
        // Lengths first: the expressions must not run over texts without bounds.
        if (repository.length() > MAX_REPOSITORY) {
            throw new IllegalArgumentException("repository name must not be more than 255 characters");
        }
        if (registry.length() > MAX_HOST
                || !HOST.matcher(registry).matches()
                || !PATH.matcher(repository).matches()) {
            throw new IllegalArgumentException("invalid reference format");
        }
        if (tag.isPresent() && !TAG.matcher(tag.get()).matches()) {
            throw new IllegalArgumentException("invalid reference format");
        }
    }

    /**
     * Reads {@code [registry/]repository[:tag][@digest]}.
     *
     * @throws IllegalArgumentException with docker's text where the name is not well formed
     */
    public static ImageReference parse(String text) {
        if (BARE_ID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
        }
        String rest = text;
        Optional<Digest> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(parseDigest(rest.substring(at + 1)));
            rest = rest.substring(0, at);
        }
        Optional<String> tag = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = Optional.of(rest.substring(colon + 1));
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String first = slash < 0 ? "" : rest.substring(0, slash);
        boolean hasRegistry = slash >= 0 && isRegistry(first);
        String registry = hasRegistry ? first : DEFAULT_REGISTRY;
        String repository = hasRegistry ? rest.substring(slash + 1) : rest;
        if (registry.equals("index.docker.io")) {
            registry = DEFAULT_REGISTRY;
        }
        if (registry.equals(DEFAULT_REGISTRY) && repository.indexOf('/') < 0) {
            repository = OFFICIAL_PREFIX + repository;
        }
        if (!repository.equals(repository.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "invalid reference format: repository name (" + repository + ") must be lowercase");
        }
        return new ImageReference(registry, repository, tag, digest);
    }

    private static Digest parseDigest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid reference format", e);
        }
    }

    private static boolean isRegistry(String component) {
        return component.indexOf('.') >= 0
                || component.indexOf(':') >= 0
                || component.equals("localhost")
                || !component.equals(component.toLowerCase(Locale.ROOT));
    }

    /** The same name with the tag {@code latest} where it has neither tag nor digest. */
    public ImageReference withDefaultTag() {
        return tag.isPresent() || digest.isPresent() ? this : withTag(DEFAULT_TAG);
    }

    /** The same repository under another tag and no digest. */
    public ImageReference withTag(String newTag) {
        return new ImageReference(registry, repository, Optional.of(newTag), Optional.empty());
    }

    /** The same repository under a digest and no tag. */
    public ImageReference withDigest(Digest newDigest) {
        return new ImageReference(registry, repository, Optional.empty(), Optional.of(newDigest));
    }

    /** The repository as people write it: without {@code docker.io/} and {@code library/}. */
    public String familiarName() {
        if (!registry.equals(DEFAULT_REGISTRY)) {
            return registry + "/" + repository;
        }
        boolean official =
                repository.startsWith(OFFICIAL_PREFIX) && repository.indexOf('/', OFFICIAL_PREFIX.length()) < 0;
        return official ? repository.substring(OFFICIAL_PREFIX.length()) : repository;
    }

    /** The whole name as people write it. */
    public String familiar() {
        return familiarName() + suffix();
    }

    private String suffix() {
        return tag.map(t -> ":" + t).orElse("") + digest.map(d -> "@" + d).orElse("");
    }

    /** The name in full, which reads back as an equal reference. */
    @Override
    public String toString() {
        return registry + "/" + repository + suffix();
    }
}
