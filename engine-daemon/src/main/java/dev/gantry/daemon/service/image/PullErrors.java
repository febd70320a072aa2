package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.RegistryError;
import dev.gantry.registry.RegistryException;

/** Says in docker's words why a pull failed. */
final class PullErrors {

    private static final String BECAUSE = "but failed because ";

    private PullErrors() {}

    /**
     * Translates a registry's failure.
     *
     * @param reference what was to be pulled
     */
    static EngineException translate(RegistryException e, ImageReference reference) {
        return switch (e.kind()) {
            case NOT_FOUND -> new EngineException(EngineException.Kind.NOT_FOUND, notFound(e, reference), e);
            // compat: the CLI shows this text, and its users look for it; whether the repository exists stays open.
            case UNAUTHORIZED, DENIED ->
                new EngineException(
                        EngineException.Kind.NOT_FOUND,
                        "pull access denied for " + reference.familiarName()
                                + ", repository does not exist or may require 'docker login': " + said(e),
                        e);
            case UNSUPPORTED -> new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
            case RATE_LIMITED, INVALID_CONTENT, UNSAFE, UNAVAILABLE, CANCELLED, REFUSED ->
                new EngineException(EngineException.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        };
    }

    private static String notFound(RegistryException e, ImageReference reference) {
        if (e.status() == 0) {
            return reason(e);
        }
        boolean noRepository =
                e.errors().stream().anyMatch(error -> error.code().equals("NAME_UNKNOWN"));
        return noRepository
                ? "repository " + reference.familiarName() + " not found: " + said(e)
                : "manifest for " + reference.familiar() + " not found: " + said(e);
    }

    /** What the registry itself said, or why it failed where it said nothing. */
    private static String said(RegistryException e) {
        return e.errors().stream().findFirst().map(RegistryError::toString).orElseGet(() -> reason(e));
    }

    private static String reason(RegistryException e) {
        String message = String.valueOf(e.getMessage());
        int at = message.indexOf(BECAUSE);
        return at < 0 ? message : message.substring(at + BECAUSE.length());
    }
}
