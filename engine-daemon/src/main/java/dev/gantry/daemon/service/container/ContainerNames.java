package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.EngineException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** What a container may be called, and names for those who do not care. */
final class ContainerNames {

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

    private static final List<String> QUALITIES = List.of(
            "agile",
            "amber",
            "ample",
            "apt",
            "balanced",
            "bold",
            "brave",
            "bright",
            "brisk",
            "calm",
            "candid",
            "careful",
            "clever",
            "cosmic",
            "crisp",
            "curious",
            "daring",
            "deft",
            "eager",
            "early",
            "exact",
            "fair",
            "fleet",
            "fluent",
            "frank",
            "gentle",
            "glad",
            "golden",
            "handy",
            "hardy",
            "honest",
            "humble",
            "jolly",
            "keen",
            "kind",
            "level",
            "lively",
            "lucid",
            "merry",
            "mighty",
            "modest",
            "neat",
            "nimble",
            "noble",
            "novel",
            "patient",
            "plucky",
            "polite",
            "proud",
            "quick",
            "quiet",
            "ready",
            "robust",
            "sharp",
            "silent",
            "sincere",
            "smart",
            "snug",
            "solid",
            "steady",
            "sturdy",
            "subtle",
            "sunny",
            "swift",
            "tidy",
            "trusty",
            "upbeat",
            "valiant",
            "vivid",
            "warm",
            "wise",
            "witty",
            "zesty");

    private static final List<String> THINGS = List.of(
            "anchor",
            "anvil",
            "arch",
            "barge",
            "beacon",
            "beam",
            "bollard",
            "boom",
            "bridge",
            "bulkhead",
            "buoy",
            "cabin",
            "cable",
            "canal",
            "capstan",
            "cargo",
            "clipper",
            "compass",
            "coaster",
            "crane",
            "crate",
            "davit",
            "deck",
            "derrick",
            "dock",
            "dredge",
            "falls",
            "ferry",
            "fender",
            "freighter",
            "frigate",
            "galley",
            "gangway",
            "girder",
            "hatch",
            "hawser",
            "helm",
            "hoist",
            "hold",
            "hook",
            "hull",
            "jetty",
            "jib",
            "keel",
            "ketch",
            "lantern",
            "ledger",
            "lighter",
            "lock",
            "mast",
            "mole",
            "mooring",
            "oar",
            "pallet",
            "pier",
            "pilot",
            "pinion",
            "portal",
            "prow",
            "pulley",
            "quay",
            "rigging",
            "rudder",
            "sextant",
            "shackle",
            "sheave",
            "slipway",
            "spar",
            "spreader",
            "stern",
            "tackle",
            "tender",
            "tiller",
            "trolley",
            "truss",
            "tugboat",
            "wharf",
            "winch",
            "windlass",
            "yawl");

    private ContainerNames() {}

    /** Checks a name a user chose; a leading slash is taken off. */
    static String checked(String name) {
        String bare = name.startsWith("/") ? name.substring(1) : name;
        if (!FORM.matcher(bare).matches()) {
            // compat: docker's text
            throw EngineException.invalid(
                    "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        }
        return bare;
    }

    /** Draws a name of a quality and a thing; {@code attempt} beyond the first adds digits. */
    static String random(RandomGenerator randomness, int attempt) {
        String name = QUALITIES.get(randomness.nextInt(QUALITIES.size())) + "_"
                + THINGS.get(randomness.nextInt(THINGS.size()));
        return attempt < 3 ? name : name + randomness.nextInt(1 << Math.min(attempt, 20));
    }
}
