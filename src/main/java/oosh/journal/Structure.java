package oosh.journal;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.db.LobStorageMap;
import org.h2.mvstore.db.ValueDataType;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.jspecify.annotations.Nullable;

/**
 * What holds a journal's file together, looked at without a change. H2 mends a file as soon as it
 * may write, and goes on from an older state where it cannot read the newest: right for the last
 * write of a machine that lost its power, wrong for a damaged file, where that loses what was
 * acknowledged.
 *
 * <p>H2 writes a file in chunks, a chunk in pages, and a map as a tree of pages. A chunk ends with
 * a list of its pages; a page begins with a check of its place and length, not of its content.
 * Looked at are the headers, the ends and the list of every chunk, every page that leads to others,
 * and a number of the newest leaves: a few thousandths of a long journal's file, so that the prompt
 * does not wait for it. Whoever reads a leaf meets what is wrong within it.
 */
final class Structure {
  private static final int BLOCK = 4096;

  /** The file's header, twice. */
  private static final int HEADERS = 2;

  /** A chunk ends with so many bytes about itself. */
  private static final int FOOTER = 128;

  /** No chunk says more about itself at its beginning. */
  private static final int HEADER = 1024;

  /** As many pages that lead to others as some hundred thousand executions have. */
  private static final int BRANCHES = 1000;

  /** As many leaves as a thousand executions have. */
  private static final int LEAVES = 500;

  /** Enough of a leaf for what stands before its keys. */
  private static final int LEAF_HEAD = 32;

  /** How much of a file is searched for a newer state than the one that H2 takes: 128 MB. */
  private static final int SEARCHED = 1 << 15;

  private final FileChannel file;
  private final long size;
  private final Map<Integer, Chunk> chunks = new HashMap<>();

  /** What was written at once. */
  private static final class Chunk {
    private final int id;
    private final long block;
    private final long version;
    private final long[] pages;
    private final int end;
    private final BitSet removed;

    /**
     * @param pages as listed, in the order of their places
     * @param end where the list begins, in bytes from the chunk's beginning
     * @param removed the places in the list of pages that nothing leads to any more
     */
    Chunk(int id, long block, long version, long[] pages, int end, BitSet removed) {
      this.id = id;
      this.block = block;
      this.version = version;
      this.pages = pages;
      this.end = end;
      this.removed = removed;
    }

    /** The page's place in the list; negative if it is not in it as it is referred to. */
    int find(long position) {
      int low = 0;
      int high = pages.length - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int offset = DataUtils.getPageOffset(pages[middle]);
        if (offset == DataUtils.getPageOffset(position)) {
          boolean same = DataUtils.composePagePos(id, pages[middle]) == position;
          return same && !removed.get(middle) ? middle : -1;
        }
        if (offset < DataUtils.getPageOffset(position)) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return -1;
    }
  }

  /** A page that leads to no other. */
  private record Leaf(Chunk chunk, long position) {}

  /** The file is damaged, and where; stays inside this room. */
  static final class Damaged extends Exception {
    private static final long serialVersionUID = 1L;

    Damaged(String where) {
      super(where, null, false, false);
    }
  }

  private Structure(FileChannel file) throws IOException {
    this.file = file;
    this.size = file.size();
  }

  /**
   * Looks at a file that nobody has open for writing.
   *
   * @throws Damaged if H2 must not open it for writing
   * @throws MVStoreException if H2 cannot even read it, or another has it open
   */
  static void check(Path data) throws Damaged, IOException {
    MVStore store = opened(data);
    try (FileChannel file = FileChannel.open(data, StandardOpenOption.READ)) {
      new Structure(file).check(store);
    } catch (IllegalArgumentException | NegativeArraySizeException e) {
      throw new Damaged("a number is none");
    } finally {
      store.closeImmediately();
    }
  }

  private static MVStore opened(Path data) throws Damaged {
    try {
      return new MVStore.Builder().fileName(data.toString()).readOnly().open();
    } catch (MVStoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // H2 meets in its own tables of contents what it has never written.
      throw new Damaged("no tables of contents");
    }
  }

  private void check(MVStore store) throws Damaged, IOException {
    Map<String, String> layout = store.getLayoutMap();
    if (layout == null || store.getCurrentVersion() <= 0) {
      throw new Damaged("no state of it");
    }
    Map<String, String> newest = newest(store.getCurrentVersion());
    add(newest);
    for (Map.Entry<String, String> entry : layout.entrySet()) {
      if (entry.getKey().startsWith("chunk.")) {
        add(fields(entry.getValue()));
      }
    }
    Deque<Long> open = new ArrayDeque<>();
    open.add(number(newest, "root"));
    for (Map.Entry<String, String> entry : layout.entrySet()) {
      if (entry.getKey().startsWith("root.")) {
        open.add(number(entry.getValue()));
      }
    }
    walk(open);
    ends(store);
  }

  /** What H2 reads as soon as it may write: what was under way, and where the next will stand. */
  private static void ends(MVStore store) throws Damaged {
    try {
      TransactionStore transactions = new TransactionStore(store, new ValueDataType());
      transactions.init();
      if (store.hasMap("lobData")) {
        LobStorageMap.openLobDataMap(transactions).lastKey();
        LobStorageMap.openLobMap(transactions).lastKey();
      }
      for (String name : store.getMapNames()) {
        if (name.startsWith("table.") || name.startsWith("index.")) {
          TransactionMap<Object, Object> map = transactions.begin().openMap(name);
          map.firstKey();
          map.lastKey();
        }
      }
    } catch (RuntimeException | AssertionError e) {
      throw new Damaged("the end of a table cannot be read");
    }
  }

  /**
   * What the chunk says about itself that H2 takes for the newest.
   *
   * @throws Damaged if there was a newer one
   */
  private Map<String, String> newest(long version) throws Damaged, IOException {
    Map<String, String> found = null;
    Map<String, String> named = null;
    boolean closed = false;
    for (int i = 0; i < HEADERS; i++) {
      Map<String, String> header = checked(read((long) i * BLOCK, BLOCK));
      if (header == null) {
        continue;
      }
      if (number(header, "version") > version) {
        throw new Damaged("the newest state cannot be read");
      }
      if (number(header, "version") == version) {
        found = header(number(header, "block"));
        closed = number(header, "clean") == 1;
      } else if (header.containsKey("block")) {
        // Something else may stand there by now.
        named = checkedHeader(number(header, "block"));
      }
    }
    if (closed && found != null) {
      return found;
    }
    // Not closed: then the header may name an older state, or none. The newest is where the chunks
    // lead to, each saying where the next was to stand: from the one that is named, or from the
    // last in the file.
    if (found == null && named != null) {
      found = following(named, version);
    }
    long blocks = size / BLOCK;
    boolean last = true;
    for (long end = blocks; end > HEADERS && (last || end > blocks - SEARCHED); end--) {
      Map<String, String> footer = checked(read(end * BLOCK - FOOTER, FOOTER));
      if (footer == null || !footer.containsKey("chunk")) {
        continue;
      }
      if (number(footer, "version") > version) {
        throw new Damaged("the newest state cannot be read");
      }
      if (found == null && number(footer, "version") == version) {
        found = header(end - number(footer, "len"));
      } else if (found == null && last) {
        Map<String, String> at = checkedHeader(end - number(footer, "len"));
        found = at == null ? null : following(at, version);
      }
      last = false;
    }
    if (found == null) {
      throw new Damaged("the newest state has no beginning");
    }
    return found;
  }

  /** The chunk of that version, if each from the one given on leads to the next; else null. */
  private @Nullable Map<String, String> following(Map<String, String> from, long version)
      throws Damaged, IOException {
    Map<String, String> at = from;
    while (number(at, "version") < version) {
      long block = number(at, "next");
      if (block < HEADERS || block >= size / BLOCK) {
        return null;
      }
      Map<String, String> next = checkedHeader(block);
      if (next == null || number(next, "version") <= number(at, "version")) {
        return null;
      }
      at = next;
    }
    return number(at, "version") == version ? at : null;
  }

  /**
   * What a chunk says about itself at its beginning, if its end is there; null if there is none.
   */
  private @Nullable Map<String, String> checkedHeader(long block) throws Damaged, IOException {
    try {
      Map<String, String> header = header(block);
      long end = block + number(header, "len");
      Map<String, String> footer =
          end > size / BLOCK ? null : checked(read(end * BLOCK - FOOTER, FOOTER));
      boolean whole =
          footer != null
              && footer.containsKey("chunk")
              && number(footer, "chunk") == number(header, "chunk")
              && number(footer, "version") == number(header, "version");
      return whole ? header : null;
    } catch (Damaged e) {
      return null;
    }
  }

  private Map<String, String> header(long block) throws Damaged, IOException {
    byte[] bytes = read(block * BLOCK, HEADER);
    Map<String, String> header = fields(line(bytes));
    header.put("block", Long.toHexString(block));
    return header;
  }

  /** Takes up a chunk, whose two ends must be there and say the same. */
  private void add(Map<String, String> says) throws Damaged, IOException {
    long id = number(says, "chunk");
    long block = number(says, "block");
    long blocks = number(says, "len");
    int pages = (int) number(says, "pages");
    String live = says.get("livePages");
    if (block == 0 || (live != null && number(live) == 0)) {
      return;
    }
    Map<String, String> header = header(block);
    Map<String, String> footer = checked(read((block + blocks) * BLOCK - FOOTER, FOOTER));
    if (footer == null
        || number(header, "chunk") != id
        || number(header, "len") != blocks
        || number(footer, "chunk") != id
        || number(footer, "version") != number(header, "version")) {
      throw new Damaged("chunk " + id + " is not where it should be");
    }
    int end = (int) number(says, "toc");
    if (end <= 0 || (long) end + pages * 8L > blocks * BLOCK) {
      throw new Damaged("chunk " + id + " has no list of its pages");
    }
    long[] list = new long[pages];
    ByteBuffer.wrap(read(block * BLOCK + end, pages * 8)).asLongBuffer().get(list);
    int last = 0;
    for (long page : list) {
      int offset = DataUtils.getPageOffset(page);
      if (offset <= last || offset >= end) {
        throw new Damaged("chunk " + id + " lists a page that it cannot have");
      }
      last = offset;
    }
    String occupancy = says.get("occupancy");
    chunks.put(
        (int) id,
        new Chunk(
            (int) id,
            block,
            number(header, "version"),
            list,
            end,
            occupancy == null ? new BitSet() : BitSet.valueOf(HexFormat.of().parseHex(occupancy))));
  }

  /** Follows every map from its root to its leaves, and looks at the newest of those. */
  private void walk(Deque<Long> open) throws Damaged, IOException {
    List<Leaf> leaves = new ArrayList<>();
    int branches = 0;
    while (!open.isEmpty() && branches < BRANCHES) {
      long position = open.remove();
      if (position == 0) {
        continue;
      }
      Chunk chunk = chunks.get(DataUtils.getPageChunkId(position));
      if (chunk == null || chunk.find(position) < 0) {
        throw new Damaged("a page is missing");
      }
      if (DataUtils.isLeafPosition(position)) {
        leaves.add(new Leaf(chunk, position));
      } else {
        branches++;
        page(chunk, position, open);
      }
    }
    leaves.sort(Comparator.comparingLong((Leaf leaf) -> leaf.chunk.version).reversed());
    for (Leaf leaf : leaves.subList(0, Math.min(LEAVES, leaves.size()))) {
      page(leaf.chunk, leaf.position, open);
    }
  }

  /** A page as H2 reads it, up to its keys; adds where it leads to. */
  private void page(Chunk chunk, long position, Deque<Long> open) throws Damaged, IOException {
    int at = chunk.find(position);
    int offset = DataUtils.getPageOffset(position);
    boolean leaf = DataUtils.isLeafPosition(position);
    int next =
        at + 1 < chunk.pages.length ? DataUtils.getPageOffset(chunk.pages[at + 1]) : chunk.end;
    int room = next - offset;
    ByteBuffer page =
        ByteBuffer.wrap(
            read(chunk.block * BLOCK + offset, leaf ? Math.min(room, LEAF_HEAD) : room));
    try {
      int length = page.getInt();
      int check =
          DataUtils.getCheckValue(chunk.id)
              ^ DataUtils.getCheckValue(offset)
              ^ DataUtils.getCheckValue(length);
      boolean fits = length > 0 && length <= room && page.getShort() == (short) check;
      int number = DataUtils.readVarInt(page);
      int map = DataUtils.readVarInt(page);
      int keys = DataUtils.readVarInt(page);
      boolean typed = (page.get() & 1) == (leaf ? 0 : 1);
      if (!fits
          || !typed
          || number != at
          || map != DataUtils.getPageMapId(chunk.pages[at])
          || keys < 0
          || keys > length) {
        throw new Damaged("a page of chunk " + chunk.id + " has another's beginning");
      }
      for (int i = 0; !leaf && i <= keys; i++) {
        open.add(page.getLong());
      }
    } catch (BufferUnderflowException e) {
      throw new Damaged("a page of chunk " + chunk.id + " is too short");
    }
  }

  private byte[] read(long from, int length) throws Damaged, IOException {
    if (from < 0 || length < 0 || from + length > size) {
      throw new Damaged("it ends too early");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new Damaged("it ends too early");
      }
    }
    return bytes.array();
  }

  private static String line(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1).strip();
  }

  private static Map<String, String> fields(String line) throws Damaged {
    try {
      return DataUtils.parseMap(line);
    } catch (MVStoreException e) {
      throw new Damaged("it is not said what stands there");
    }
  }

  /** The fields of a line that ends with its own check; null if it is none. */
  private static @Nullable Map<String, String> checked(byte[] bytes) {
    String line = line(bytes);
    int end = line.lastIndexOf(",fletcher:");
    if (end < 0) {
      return null;
    }
    byte[] covered = line.substring(0, end).getBytes(StandardCharsets.ISO_8859_1);
    try {
      Map<String, String> fields = fields(line);
      return DataUtils.parseHexInt(fields.getOrDefault("fletcher", "0"))
              == DataUtils.getFletcher32(covered, 0, covered.length)
          ? fields
          : null;
    } catch (Damaged | MVStoreException e) {
      return null;
    }
  }

  private static long number(Map<String, String> fields, String name) throws Damaged {
    return number(fields.getOrDefault(name, "0"));
  }

  private static long number(String hex) throws Damaged {
    try {
      return DataUtils.parseHexLong(hex);
    } catch (MVStoreException e) {
      throw new Damaged("a number is none");
    }
  }
}
