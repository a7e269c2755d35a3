# Does what jail-open.sh and the mount of jail-around.sh do, as one process in the place of five.
my ($before, $after, $to, $options, $around, @rest) = @ARGV;
my ($setgroups, $setresgid, $setresuid, $unshare, $mount, $prctl) = splice @rest, 0, 6;
sub failed { print STDERR "$_[0]: $!\n"; exit 126 }
sub call { my ($what, @all) = @_; syscall($all[0] + 0, @all[1 .. $#all]) >= 0 or failed($what) }
sub say_to { my ($file, $text, $f) = @_; open $f, ">", $file and syswrite $f, $text or failed($file) }
$^F = 9;
open BEFORE, "<", $before or failed($before);
open AFTER, ">", $after or failed($after);
if ($to ne "") {
  $to += 0;
  call("setgroups", $setgroups, 0, 0);
  call("setresgid", $setresgid, $to, $to, $to);
  call("setresuid", $setresuid, $to, $to, $to);
  # PR_SET_DUMPABLE: who has given up rights cannot write its own maps.
  call("prctl", $prctl, 4, 1, 0, 0, 0);
}
my ($user, $group) = ($>, $) + 0);
# CLONE_NEWUSER and CLONE_NEWNS, then the maps; MS_REC and MS_PRIVATE, then MS_NOSUID and MS_NODEV.
call("unshare", $unshare, 0x10020000);
say_to("/proc/self/setgroups", "deny");
say_to("/proc/self/uid_map", "0 $user 1");
say_to("/proc/self/gid_map", "0 $group 1");
call("mount", $mount, "none", "/", 0, 0x44000, 0);
call("mount", $mount, "oosh", "/tmp", "tmpfs", 6, $options);
mkdir "/tmp/$_" or failed("/tmp/$_") for "home", "tmp", "shm";
# PR_SET_PDEATHSIG, SIGKILL
call("prctl", $prctl, 1, 9, 0, 0, 0);
exec "/bin/sh", "-c", "exec 5>&4 4>&-\n$around", "oosh-jail", @rest;
failed("/bin/sh");
