package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.linux.socket.PacketSocket;
import dev.gantry.daemon.runtime.stream.MonitorAttachment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The connections of this daemon to one monitor. */
final class OpenAttachments {

    private final Map<MonitorAttachment, Long> open = new HashMap<>();
    private final List<PacketSocket> parked = new ArrayList<>();
    private boolean ended;

    /** @param parks whether the connection stays, unread, when its attachment is closed */
    synchronized MonitorAttachment add(PacketSocket socket, boolean stdin, boolean parks) {
        MonitorAttachment attachment = new MonitorAttachment(socket, stdin, parks ? new Parking() : new Closing());
        open.put(attachment, 0L);
        return attachment;
    }

    /**
     * Closes those that took nothing since the last call: the monitor waits for them, and the end of the container with
     * it.
     */
    void closeStuck() {
        List<MonitorAttachment> stuck = new ArrayList<>();
        synchronized (this) {
            open.replaceAll((attachment, before) -> {
                long now = attachment.packets();
                if (now == before) {
                    stuck.add(attachment);
                }
                return now;
            });
        }
        stuck.forEach(MonitorAttachment::close);
    }

    /** Lets go of connections that were kept for the monitor's sake. What others still hold, they may read to its end. */
    void taskEnded() {
        List<PacketSocket> left;
        synchronized (this) {
            ended = true;
            left = List.copyOf(parked);
            parked.clear();
        }
        left.forEach(PacketSocket::close);
    }

    private synchronized boolean park(PacketSocket socket) {
        return !ended && parked.add(socket);
    }

    private synchronized void forget(MonitorAttachment attachment) {
        open.remove(attachment);
    }

    private final class Closing implements MonitorAttachment.Ending {
        @Override
        public void interrupt(PacketSocket socket) {
            socket.shutdown();
        }

        @Override
        public void release(MonitorAttachment attachment, PacketSocket socket) {
            forget(attachment);
            socket.close();
        }
    }

    /** Conmon stops writing to a connection that takes nothing; it sees no end of input on it. */
    private final class Parking implements MonitorAttachment.Ending {
        @Override
        public void interrupt(PacketSocket socket) {
            socket.shutdownReceiving();
        }

        @Override
        public void release(MonitorAttachment attachment, PacketSocket socket) {
            forget(attachment);
            if (!park(socket)) {
                socket.close();
            }
        }
    }
}
