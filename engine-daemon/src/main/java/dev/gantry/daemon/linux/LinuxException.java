package dev.gantry.daemon.linux;

/** A system call failed: which one, on what, with which error number. */
public final class LinuxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * @param call the system call, for example {@code openat2}
     * @param subject what it was asked to work on, for people
     * @param errno the kernel's error number
     */
    public LinuxException(String call, String subject, int errno) {
        super(call + " " + subject + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }

    public boolean is(int number) {
        return errno == number;
    }
}
