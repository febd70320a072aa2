package dev.gantry.daemon.linux.socket;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The C library's calls of this package, and their constants. */
final class CLibrary {

    static final int AF_UNIX = 1;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_SEQPACKET = 5;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_SNDTIMEO = 21;
    static final int SHUT_RD = 0;
    static final int SHUT_WR = 1;
    static final int SHUT_RDWR = 2;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int MSG_WAITFORONE = 0x10000;
    static final int MSG_CMSG_CLOEXEC = 0x40000000;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_PATH = 0x200000;
    static final int O_CLOEXEC = 0x80000;
    static final int F_GETFL = 3;
    static final int F_SETFL = 4;
    static final int MSG_DONTWAIT = 0x40;
    static final int EFD_CLOEXEC = 0x80000;
    static final int EFD_NONBLOCK = 0x800;

    static {
        Native.register(CLibrary.class, "c");
    }

    private CLibrary() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int connect(int fd, Pointer address, int length) throws LastErrorException;

    static native int bind(int fd, Pointer address, int length) throws LastErrorException;

    static native int listen(int fd, int backlog) throws LastErrorException;

    static native int accept4(int fd, Pointer address, Pointer length, int flags) throws LastErrorException;

    static native int shutdown(int fd, int how) throws LastErrorException;

    static native int setsockopt(int fd, int level, int option, Pointer value, int length) throws LastErrorException;

    static native NativeLong send(int fd, Pointer bytes, NativeLong length, int flags) throws LastErrorException;

    static native NativeLong recvmsg(int fd, Pointer message, int flags) throws LastErrorException;

    static native int recvmmsg(int fd, Pointer messages, int count, int flags, Pointer timeout)
            throws LastErrorException;

    static native int poll(Pointer fds, NativeLong count, int timeout) throws LastErrorException;

    static native int pipe2(Pointer fds, int flags) throws LastErrorException;

    static native int eventfd(int initial, int flags) throws LastErrorException;

    static native NativeLong read(int fd, Pointer bytes, NativeLong length) throws LastErrorException;

    static native NativeLong write(int fd, Pointer bytes, NativeLong length) throws LastErrorException;

    static native int fcntl(int fd, int command, int argument) throws LastErrorException;

    static native int open(Pointer path, int flags, int mode) throws LastErrorException;
}
