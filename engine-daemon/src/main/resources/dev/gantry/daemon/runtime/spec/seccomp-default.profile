# The default system call filter. What is not listed fails with EPERM. Equal in effect to moby's profile
# (github.com/moby/profiles, seccomp/default.json); a test compares the two where moby's is at hand.
#
# [conditions]: all must hold. cap= and not-cap= look at the container's bounding set, arch= and not-arch= at the host
# (any of the list), kernel= at the lowest kernel. name(index op value,...) allows the call only with one of these
# argument values; name(index & mask == value) with these bits; name!errno refuses with another error number.

[]
accept accept4 access adjtimex alarm bind brk cachestat capget capset chdir chmod chown chown32 clock_adjtime
clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64
close close_range connect copy_file_range creat dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_ctl_old
epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2 execve execveat exit exit_group faccessat
faccessat2 fadvise64 fadvise64_64 fallocate fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchown32 fchownat
fcntl fcntl64 fdatasync fgetxattr flistxattr flock fork fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs
fstatfs64 fsync ftruncate ftruncate64 futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake futimesat
getcpu getcwd getdents getdents64 getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getitimer
getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid getresgid32 getresuid getresuid32 getrlimit
get_robust_list getrusage getsid getsockname getsockopt get_thread_area gettid gettimeofday getuid getuid32 getxattr
getxattrat inotify_add_watch inotify_init inotify_init1 inotify_rm_watch io_cancel ioctl io_destroy io_getevents
io_pgetevents io_pgetevents_time64 ioprio_get ioprio_set io_setup io_submit ipc kill landlock_add_rule
landlock_create_ruleset landlock_restrict_self lchown lchown32 lgetxattr link linkat listen listmount listxattr
listxattrat llistxattr _llseek lremovexattr lseek lsetxattr lstat lstat64 madvise map_shadow_stack membarrier
memfd_create memfd_secret mincore mkdir mkdirat mknod mknodat mlock mlock2 mlockall mmap mmap2 mprotect mq_getsetattr
mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink mremap mseal msgctl
msgget msgrcv msgsnd msync munlock munlockall munmap name_to_handle_at nanosleep newfstatat _newselect open openat
openat2 pause pidfd_open pidfd_send_signal pipe pipe2 pkey_alloc pkey_free pkey_mprotect poll ppoll ppoll_time64 prctl
pread64 preadv preadv2 prlimit64 process_mrelease pselect6 pselect6_time64 pwrite64 pwritev pwritev2 read readahead
readlink readlinkat readv recv recvfrom recvmmsg recvmmsg_time64 recvmsg remap_file_pages removexattr removexattrat
rename renameat renameat2 restart_syscall riscv_hwprobe rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask
rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo sched_getaffinity
sched_getattr sched_getparam sched_get_priority_max sched_get_priority_min sched_getscheduler sched_rr_get_interval
sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield seccomp
select semctl semget semop semtimedop semtimedop_time64 send sendfile sendfile64 sendmmsg sendmsg sendto setfsgid
setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setitimer setpgid setpriority setregid setregid32
setresgid setresgid32 setresuid setresuid32 setreuid setreuid32 setrlimit set_robust_list setsid setsockopt
set_thread_area set_tid_address setuid setuid32 setxattr setxattrat shmat shmctl shmdt shmget shutdown sigaltstack
signalfd signalfd4 sigprocmask sigreturn socketcall socketpair splice stat stat64 statfs statfs64 statmount statx
symlink symlinkat sync sync_file_range syncfs sysinfo tee tgkill time timer_create timer_delete timer_getoverrun
timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create timerfd_gettime timerfd_gettime64
timerfd_settime timerfd_settime64 times tkill truncate truncate64 ugetrlimit umask uname unlink unlinkat uretprobe
utime utimensat utimensat_time64 utimes vfork vmsplice wait4 waitid waitpid write writev
# Linux, 32-bit Linux, 2.6 version numbers, both, and "tell me"
personality(0==0x0,0x8,0x20000,0x20008,0xffffffff)
# Address families by number: those the kernel still has, without ALG (38) and VSOCK (40), which reach past the container
socket(0<12) socket(0==13,14,15,16,17,18,21,22,24,26,27,28,29,30,31,32,33,35,36,39,41,42,43,44,45)

[kernel=4.8]
process_vm_readv process_vm_writev ptrace

[arch=ppc64le]
sync_file_range2 swapcontext

[arch=arm,arm64]
arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls

[arch=amd64,x32]
arch_prctl

[arch=amd64,x32,x86]
modify_ldt

[arch=s390,s390x]
s390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr

[arch=riscv64]
riscv_flush_icache

[cap=CAP_DAC_READ_SEARCH]
open_by_handle_at

[cap=CAP_SYS_ADMIN]
bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie lsm_get_self_attr lsm_list_modules
lsm_set_self_attr mount mount_setattr move_mount open_tree perf_event_open quotactl quotactl_fd setdomainname
sethostname setns syslog umount umount2 unshare

# No new namespaces: clone's flags are its first argument, on s390 its second; clone3's cannot be seen, so callers are
# told to fall back to clone.
[not-cap=CAP_SYS_ADMIN not-arch=s390,s390x]
clone(0&0x7e020000==0)

[not-cap=CAP_SYS_ADMIN arch=s390,s390x]
clone(1&0x7e020000==0)

[not-cap=CAP_SYS_ADMIN]
clone3!38

[cap=CAP_SYS_BOOT]
reboot

[cap=CAP_SYS_CHROOT]
chroot

[cap=CAP_SYS_MODULE]
delete_module init_module finit_module

[cap=CAP_SYS_PACCT]
acct

[cap=CAP_SYS_PTRACE]
kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace

[cap=CAP_SYS_RAWIO]
iopl ioperm

[cap=CAP_SYS_TIME]
settimeofday stime clock_settime clock_settime64

[cap=CAP_SYS_TTY_CONFIG]
vhangup

[cap=CAP_SYS_NICE]
get_mempolicy mbind set_mempolicy set_mempolicy_home_node

[cap=CAP_SYSLOG]
syslog

[cap=CAP_BPF]
bpf

[cap=CAP_PERFMON]
perf_event_open
