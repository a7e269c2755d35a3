package oosh.notify;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import oosh.config.TrustedFile;
import oosh.json.StrictJson;
import oosh.rollout.Problem;
import oosh.rollout.notice.NoticeKind;
import oosh.rollout.notice.NoticeTarget;
import oosh.rollout.notice.NoticeTargets;

/*
 * {"notices": [{"name": "team", "kind": "dingtalk", "url": "https://…", "secret": "SEC…"}]}
 */
/**
 * The receivers in the file {@code notify} in the folder of settings. It counts only if it is the
 * user's own, and no one else can read or write it: its addresses are secrets.
 */
public final class NoticeFile implements NoticeTargets {
  private static final String CALLED = "the file of notices";
  private static final String LIST = "notices";
  private static final int MOST_BYTES = 256 * 1024;
  private static final int OTHERS = 077;

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private final Path folder;
  private final Path file;

  /**
   * @param folder of settings; made when a receiver is added
   */
  public NoticeFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("notify");
  }

  @Override
  public List<NoticeTarget> all() {
    if (TrustedFile.isAbsent(file)) {
      return List.of();
    }
    requirePrivate();
    return TrustedFile.read(CALLED, file, MOST_BYTES).map(this::targets).orElse(List.of());
  }

  private void requirePrivate() {
    if (!POSIX) {
      return;
    }
    try {
      if (((Integer) Files.getAttribute(file, "unix:mode") & OTHERS) != 0) {
        throw unusable("other users can read or write it", "chmod 600 " + file);
      }
      if (TrustedFile.ourselves() != (Integer) Files.getAttribute(file, "unix:uid")) {
        throw unusable("it belongs to another user", "ls -l " + file);
      }
    } catch (IOException e) {
      throw unusable("who can read it cannot be told", "ls -l " + file);
    }
  }

  private Problem unusable(String why, String next) {
    return Problem.refused("cannot use " + CALLED + " " + file, why, next);
  }

  private List<NoticeTarget> targets(String text) {
    try {
      List<NoticeTarget> targets = new ArrayList<>();
      for (JsonElement each : StrictJson.read(text).getAsJsonObject().getAsJsonArray(LIST)) {
        targets.add(target(each.getAsJsonObject()));
      }
      targets.sort(Comparator.comparing(NoticeTarget::name));
      return List.copyOf(targets);
    } catch (Problem p) {
      throw unusable(p.what() + ": " + p.why(), "correct it, or move it away and notify add");
    } catch (StrictJson.InvalidJsonException e) {
      throw unusable(e.getMessage() + " " + e.place(), "correct it, or move it away");
    } catch (RuntimeException e) {
      // It may quote an address.
      throw unusable("it is no list of notices", "correct it, or move it away and notify add");
    }
  }

  private static NoticeTarget target(JsonObject json) {
    String name = NoticeTarget.checkedName(text(json, "name"));
    NoticeKind kind = NoticeKind.of(text(json, "kind")).orElseThrow();
    return new NoticeTarget(
        name,
        kind,
        NoticeTarget.checkedAddress(name, text(json, "url")),
        NoticeTarget.checkedSecret(name, kind, text(json, "secret")));
  }

  private static String text(JsonObject json, String field) {
    return json.get(field) instanceof JsonPrimitive p && p.isString() ? p.getAsString() : "";
  }

  @Override
  public void add(NoticeTarget target) {
    List<NoticeTarget> targets = new ArrayList<>(all());
    targets.removeIf(t -> t.name().equals(target.name()));
    targets.add(target);
    write(targets);
  }

  @Override
  public boolean remove(String name) {
    List<NoticeTarget> targets = new ArrayList<>(all());
    boolean removed = targets.removeIf(t -> t.name().equals(name));
    if (removed) {
      write(targets);
    }
    return removed;
  }

  /** Writes it beside, for its owner only, and puts it in place when it is whole. */
  private void write(List<NoticeTarget> targets) {
    try {
      Files.createDirectories(folder, ownerOnly());
      Optional<TrustedFile.Doubt> doubt = TrustedFile.doubt(folder);
      if (doubt.isPresent()) {
        throw unusable(doubt.get().why(), doubt.get().mend());
      }
      Path part = Files.createTempFile(folder, ".notify", null);
      try {
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap(json(targets).getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
          out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw Problem.refused(
          "cannot write " + CALLED + " " + file,
          "its folder cannot be written, or the disk is full",
          "ls -ld " + folder);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static String json(List<NoticeTarget> targets) {
    JsonArray list = new JsonArray();
    targets.stream()
        .sorted(Comparator.comparing(NoticeTarget::name))
        .forEach(
            t -> {
              JsonObject one = new JsonObject();
              one.addProperty("name", t.name());
              one.addProperty("kind", t.kind().word());
              one.addProperty("url", t.address().toString());
              if (t.isSigned()) {
                one.addProperty("secret", t.secret());
              }
              list.add(one);
            });
    JsonObject whole = new JsonObject();
    whole.add(LIST, list);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(whole)
        + "\n";
  }
}
