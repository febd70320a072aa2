/**
 * What happens in the engine, told as it happens. Enter at {@link dev.gantry.daemon.service.event.EventBus}. Must not
 * depend on any other noun, nor on how events are sent to clients.
 */
@NullMarked
package dev.gantry.daemon.service.event;

import org.jspecify.annotations.NullMarked;
