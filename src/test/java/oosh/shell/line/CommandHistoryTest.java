package oosh.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandHistoryTest {
  @TempDir Path folder;

  private LineReader reader(Path file, CommandHistory history) throws IOException {
    Terminal terminal =
        new DumbTerminal(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream());
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .variable(LineReader.HISTORY_FILE, file)
            .variable(LineReader.HISTORY_FILE_SIZE, 3)
            .build();
    history.attach(reader);
    history.read();
    return reader;
  }

  private static CommandHistory history() {
    return new CommandHistory(() -> line -> line.contains("hush"));
  }

  @Test
  void removesLinesThatAnOlderOoshHasKept() throws IOException {
    Path file = Files.writeString(folder.resolve("commands"), "1:help\n2:key hush\n3:plan\n");
    CommandHistory history = history();
    reader(file, history);

    assertThat(history).extracting(e -> e.line()).containsExactly("help", "plan");
    assertThat(file).hasContent("1:help\n3:plan\n");
  }

  @Test
  void staysForItsOwnerOnlyWhenItIsMadeAndWhenItIsTrimmed() throws IOException {
    Path file = folder.resolve("commands");
    CommandHistory history = history();
    reader(file, history);
    history.add(Instant.EPOCH, "help 0");
    history.add(Instant.EPOCH, "hush");
    history.save();
    assertThat(permissions(file)).isEqualTo("rw-------");

    for (int i = 1; i < 9; i++) {
      history.add(Instant.EPOCH, "help " + i);
    }
    history.save();

    assertThat(file).hasContent("0:help 6\n0:help 7\n0:help 8\n");
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void beginsAnewBesideAFileThatIsNoText() throws IOException {
    Path file = folder.resolve("commands");
    Files.write(file, new byte[] {'1', ':', (byte) 0xff, '\n'});
    CommandHistory history = history();
    reader(file, history);
    history.add(Instant.EPOCH, "help");
    history.save();
    assertThat(file).hasContent("0:help\n");
    assertThat(folder.resolve("commands.unreadable")).exists();
    CommandHistory none = history();
    LineReader reader = reader(Files.createDirectory(folder.resolve("folder")), none);
    assertThat(reader.getVariable(LineReader.HISTORY_FILE)).isNull();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
