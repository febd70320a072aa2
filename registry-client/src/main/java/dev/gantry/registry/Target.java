package dev.gantry.registry;

/**
 * A server and who asks it.
 *
 * @param endpoint the server
 * @param credentials for this server and no other
 */
record Target(Endpoint endpoint, Credentials credentials) {}
