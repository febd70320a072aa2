package dev.gantry.daemon.linux.nftables;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;

/**
 * Runs scripts in nft's language, each as one transaction. One thread at a time uses the library's context; the others
 * wait. Works in the network namespace of the thread that opens it first. Close it when done.
 */
public final class Nftables implements AutoCloseable {

    private final Pointer context;
    private boolean closed;

    private Nftables(Pointer context) {
        this.context = context;
    }

    /**
     * Loads the library and makes a context.
     *
     * @throws UnsatisfiedLinkError when libnftables is not installed
     */
    public static Nftables open() {
        Pointer context = Library.nft_ctx_new(0);
        if (context == null) {
            throw new NftablesException("no context");
        }
        if (Library.nft_ctx_buffer_output(context) != 0 || Library.nft_ctx_buffer_error(context) != 0) {
            Library.nft_ctx_free(context);
            throw new NftablesException("no output buffers");
        }
        return new Nftables(context);
    }

    /**
     * Runs a script: all of it, or on an error none of it.
     *
     * @return what it prints
     * @throws NftablesException with nft's text
     */
    public synchronized String run(String script) {
        if (closed) {
            throw new IllegalStateException("The packet filter is closed");
        }
        int result = Library.nft_run_cmd_from_buffer(context, (script + "\0").getBytes(StandardCharsets.UTF_8));
        String output = text(Library.nft_ctx_get_output_buffer(context));
        String error = text(Library.nft_ctx_get_error_buffer(context));
        if (result != 0) {
            throw new NftablesException(error.strip());
        }
        return output;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Library.nft_ctx_free(context);
        }
    }

    private static String text(Pointer buffer) {
        return buffer == null ? "" : buffer.getString(0, StandardCharsets.UTF_8.name());
    }

    private static final class Library {
        static {
            // The versioned name: the plain one is there only with the development package.
            Native.register(Library.class, "libnftables.so.1");
        }

        static native Pointer nft_ctx_new(int flags);

        static native void nft_ctx_free(Pointer context);

        static native int nft_ctx_buffer_output(Pointer context);

        static native int nft_ctx_buffer_error(Pointer context);

        static native Pointer nft_ctx_get_output_buffer(Pointer context);

        static native Pointer nft_ctx_get_error_buffer(Pointer context);

        static native int nft_run_cmd_from_buffer(Pointer context, byte[] script);
    }
}
