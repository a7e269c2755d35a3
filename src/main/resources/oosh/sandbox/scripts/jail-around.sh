kept=$1 filter=$2 host=$3 directory=$4
shift 4
for each in bwrap prlimit tar mount; do
  command -v $each >/dev/null || { echo "$each is not installed" >&2; exit 126; }
done
for each in bin sbin lib lib32 lib64 libx32; do
  if [ -L /$each ]; then system="$system --symlink usr/$each /$each"
  elif [ -d /$each ]; then system="$system --ro-bind /$each /$each"
  fi
done
mount -t tmpfs -o size=%1$d,nr_inodes=%2$d,mode=700,nosuid,nodev oosh /tmp &&
  mkdir /tmp/home /tmp/tmp /tmp/shm &&
  { [ ! -s /proc/self/fd/3 ] || tar -xf - -C /tmp/home <&3; } &&
  echo 2 >/proc/sys/user/max_user_namespaces || exit 126
exec 3<&- 4<&0 7>&2 2>/dev/null
printf "$filter" | prlimit --fsize=%3$d --as=%4$d --nproc=%5$d --nofile=%6$d --msgqueue=0 --memlock=0 --core=0 -- \
  bwrap --unshare-all --die-with-parent --new-session --hostname "$host" --seccomp 6 --uid 1000 --gid 1000 --cap-drop ALL \
  --ro-bind /usr /usr --proc /proc --dev /dev $system \
  --ro-bind-try /etc/alternatives /etc/alternatives --ro-bind-try /etc/ld.so.cache /etc/ld.so.cache \
  --bind /tmp/home /root --bind /tmp/tmp /tmp --bind /tmp/shm /dev/shm --ro-bind-data 4 /script \
  --remount-ro /dev --remount-ro /proc --remount-ro / --clearenv --setenv HOME /root --setenv LANG C.UTF-8 \
  --setenv PATH /usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin --chdir /root \
  -- /bin/sh -c 'cd "$0" || exit 1; exec "$@" /script' "${directory:-/root}" "$@" 6<&0 </dev/null 2>&1 5>&- 7>&-
code=$?
exec 4<&-
if rmdir /tmp/home || prlimit --fsize="$kept" -- tar -cSf - --format=gnu -C /tmp/home . >&5
then echo kept >&7
elif [ $? -gt 128 ]
then echo "not kept: what the script left in its home is too large" >&7
else echo "not kept: the disk of the sandbox does not take its home" >&7
fi
exit $code
