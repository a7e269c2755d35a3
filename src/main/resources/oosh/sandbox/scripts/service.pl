# The instance's service beside its script: 127.0.0.1:8080 answers as ~/service says, which is looked at
# ten times in 100 ms. It belongs to nobody: the script's shell has no child that it does not know.
# Modules would take four times as long to begin: these are AF_INET, SOCK_STREAM, SOL_SOCKET, SO_REUSEADDR.
sub word { my ($n, $t) = ("/root/service", ""); if (!-l $n and -f $n) { open my $f, "<", $n; sysread $f, $t, 16 } $t =~ /^\s*(down|[1-9]\d\d)\s*$/ ? $1 : 200 }
sub opened {
  my $s;
  socket $s, 2, 1, 0 and setsockopt $s, 1, 2, 1 and bind $s, pack "Sna4x8", 2, 8080, "\x7f\0\0\1" and listen $s, 128 and return $s;
  undef
}
my $door = word() eq "down" ? undef : opened();
my $between = fork;
if ($between or not defined $between) { waitpid $between, 0 if $between; exec @ARGV or exit 127 }
fork and exit;
setpgrp 0, 0;
$0 = "service";
$SIG{PIPE} = "IGNORE";
open STDIN, "<", "/dev/null"; open STDOUT, ">", "/dev/null"; open STDERR, ">", "/dev/null";
chdir "/";
my (%at, %asked);
while (1) {
  my $word = word();
  if ($word eq "down") { undef $door; %at = %asked = () } else { $door //= opened() }
  my $ready = "";
  vec($ready, fileno $_, 1) = 1 for grep defined, $door, values %at;
  next if select($ready, undef, undef, 0.01) < 1;
  if ($door and vec $ready, fileno $door, 1) {
    my $one;
    accept $one, $door and $at{fileno $one} = $one;
    next
  }
  for my $n (grep vec($ready, $_, 1), keys %at) {
    my $more = sysread $at{$n}, $asked{$n}, 4096, length($asked{$n} // "");
    next if $more and length $asked{$n} < 65536 and $asked{$n} !~ /\r?\n\r?\n/;
    $word = word();
    my $why = $word == 200 ? "OK" : "Ordered";
    syswrite $at{$n}, "HTTP/1.1 $word $why\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nConnection: close\r\n\r\n$word\n" if $more and $word ne "down";
    delete $at{$n}; delete $asked{$n}
  }
}
