package dev.samzabatch.state;

import dev.samzabatch.data.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * The RocksDB databases of a run, all with one block cache and one write buffer. What is in them can be made again from
 * changelogs: they are emptied whenever they are opened. Thread-safe; a database belongs to one thread.
 *
 * <p>
 * RocksDB's native library is loaded when the first database is opened. It is unpacked into this directory: the common
 * temporary one may be shared with strangers, or forbid to run what lies there.
 */
public final class LocalStores implements Closeable {

  private static final int BLOCK_BYTES = 16 << 10;
  private static final int MEMTABLE_BYTES = 64 << 10;
  private static final int MOST_OPEN_FILES = 64;
  private static final int FILES_TO_COMPACT = 16;

  private final Path directory;
  private final long memoryBytes;

  /** Null until the first database is opened, like the write buffer. */
  private Cache cache;

  private WriteBufferManager writeBuffer;

  /**
   * No database yet.
   *
   * @param directory where they will lie; it need not exist
   * @param memoryBytes for cache and write buffer of all together
   */
  public LocalStores(Path directory, long memoryBytes) {
    this.directory = directory;
    this.memoryBytes = memoryBytes;
  }

  /**
   * Opens an empty database.
   *
   * @param name of the database, valid in a file name; one of this name, open no more, is deleted
   * @param schema of its rows
   */
  public RowStore open(String name, Schema schema) throws IOException {
    Path path = directory.resolve(name);
    delete(path);
    Files.createDirectories(path);
    prepare();
    return new RowStore(path, schema, options());
  }

  private synchronized void prepare() throws IOException {
    if (cache == null) {
      try {
        NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
      } catch (UnsatisfiedLinkError e) {
        throw new IOException("cannot load RocksDB's native library from " + directory + ": " + e.getMessage(), e);
      }
      cache = new LRUCache(memoryBytes);
      writeBuffer = new WriteBufferManager(memoryBytes / 2, cache);
    }
  }

  private synchronized Options options() {
    BlockBasedTableConfig tables = new BlockBasedTableConfig();
    tables.setBlockCache(cache);
    tables.setBlockSize(BLOCK_BYTES);
    return new Options()
        .setCreateIfMissing(true)
        .setTableFormatConfig(tables)
        .setWriteBufferManager(writeBuffer)
        .setWriteBufferSize(MEMTABLE_BYTES)
        .setMaxOpenFiles(MOST_OPEN_FILES)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setCompactionStyle(CompactionStyle.UNIVERSAL)
        .setLevel0FileNumCompactionTrigger(FILES_TO_COMPACT)
        .setMaxBackgroundJobs(1)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setKeepLogFileNum(1)
        .setInfoLogLevel(InfoLogLevel.FATAL_LEVEL);
  }

  /** Deletes a directory with all that is in it, if it is there. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(directory, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
        if (failure != null) {
          throw failure;
        }
        Files.deleteIfExists(visited);
        return FileVisitResult.CONTINUE;
      }
    });
  }

  /** Deletes the directory; all databases have been closed. */
  @Override
  public synchronized void close() throws IOException {
    if (cache != null) {
      writeBuffer.close();
      cache.close();
      cache = null;
    }
    delete(directory);
  }
}
