/**
 * HTTP/1.1 over a Unix or TCP socket: requests, answers, kept connections and hijacked streams. Entry class:
 * EngineTransport. Knows nothing of what the engine means by it.
 */
@NullMarked
package dev.gantry.client.transport;

import org.jspecify.annotations.NullMarked;
