package dev.gantry.daemon.service.image;

import dev.gantry.registry.Credentials;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.Platform;
import java.util.Optional;

/**
 * What to pull. Equal requests that come at the same time are served by one pull.
 *
 * @param reference with neither tag nor digest it means all tags of the repository
 * @param platform to choose from an image for several; absent for this machine's
 * @param credentials to show to the registry
 */
public record PullRequest(ImageReference reference, Optional<Platform> platform, Credentials credentials) {}
