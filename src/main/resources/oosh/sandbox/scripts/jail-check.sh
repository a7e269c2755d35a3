[ "$(ulimit -v)" = %d ] || echo "no limit of memory"
[ "$(ulimit -f)" = %d ] || echo "no limit of the size of files"
grep -q '^Max processes *%d ' /proc/self/limits || echo "no limit of processes"
grep -q '^NoNewPrivs:.*1' /proc/self/status || echo "new privileges"
grep -q '^CapBnd:.*[1-9a-f]' /proc/self/status && echo "capabilities"
grep -q '^Seccomp:.*2' /proc/self/status || echo "no filter of system calls"
unshare --user true 2>/dev/null && echo "user namespaces of its own"
[ -w /proc/sys/kernel/core_pattern ] && echo "the kernel's settings can be written"
exit 0
