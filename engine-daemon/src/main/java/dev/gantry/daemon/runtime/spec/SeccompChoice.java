package dev.gantry.daemon.runtime.spec;

/** Which system calls a container's processes may make. */
public sealed interface SeccompChoice {

    /** The profile every container gets unless told otherwise. */
    SeccompChoice DEFAULT = new Default();

    /** No filter at all. */
    SeccompChoice UNCONFINED = new Unconfined();

    /** The engine's profile. */
    record Default() implements SeccompChoice {}

    /** No filter. */
    record Unconfined() implements SeccompChoice {}

    /**
     * A profile of the user's.
     *
     * @param profile in Docker's profile format, parsed
     */
    record Custom(SeccompProfile profile) implements SeccompChoice {}

    /**
     * Takes a profile in Docker's JSON format.
     *
     * @throws dev.gantry.daemon.type.EngineException of kind invalid where it is none
     */
    static SeccompChoice custom(String json) {
        return new Custom(SeccompProfile.parse(json));
    }
}
