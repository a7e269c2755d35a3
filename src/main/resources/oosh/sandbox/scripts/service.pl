# The instance's service beside its script: 127.0.0.1 answers as ~/service says, which is looked at ten
# times in 100 ms. %up has the ports, and what each answers while the service is up; $held goes before the file. It belongs to nobody: the script's shell has no child that it does not know.
# Modules would take four times as long to begin: these are AF_INET, SOCK_STREAM, SOL_SOCKET, SO_REUSEADDR.
sub word { return $held if $held; my ($n, $t) = ("/root/service", ""); if (!-l $n and -f $n) { open my $f, "<", $n; sysread $f, $t, 16 } $t =~ /^\s*(down|[1-9]\d\d)\s*$/ ? $1 : "" }
sub opened {
  my ($s, $port) = (undef, @_);
  socket $s, 2, 1, 0 and setsockopt $s, 1, 2, 1 and bind $s, pack "Sna4x8", 2, $port, "\x7f\0\0\1" and listen $s, 128 and return $s;
  undef
}
my %door;
sub doors { $door{$_} //= opened($_) for keys %up }
doors() unless word() eq "down";
my $between = fork;
if ($between or not defined $between) { waitpid $between, 0 if $between; exec @ARGV or exit 127 }
fork and exit;
setpgrp 0, 0;
$0 = "service";
$SIG{PIPE} = "IGNORE";
open STDIN, "<", "/dev/null"; open STDOUT, ">", "/dev/null"; open STDERR, ">", "/dev/null";
chdir "/";
my (%at, %asked, %port);
turn: while (1) {
  my $word = word();
  if ($word eq "down") { %door = %at = %asked = () } else { doors() }
  my $ready = "";
  vec($ready, fileno $_, 1) = 1 for grep defined, values %door, values %at;
  next if select($ready, undef, undef, 0.01) < 1;
  for my $p (grep defined $door{$_}, keys %door) {
    next unless vec $ready, fileno $door{$p}, 1;
    my $one;
    accept $one, $door{$p} and $at{fileno $one} = $one and $port{fileno $one} = $p;
    next turn
  }
  for my $n (grep vec($ready, $_, 1), keys %at) {
    my $more = sysread $at{$n}, $asked{$n}, 4096, length($asked{$n} // "");
    next if $more and length $asked{$n} < 65536 and $asked{$n} !~ /\r?\n\r?\n/;
    $word = word() || $up{$port{$n}};
    my $why = $word == 200 ? "OK" : "Ordered";
    syswrite $at{$n}, "HTTP/1.1 $word $why\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nConnection: close\r\n\r\n$word\n" if $more and $word ne "down";
    delete $at{$n}; delete $asked{$n}
  }
}
