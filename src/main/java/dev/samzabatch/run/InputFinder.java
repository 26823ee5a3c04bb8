package dev.samzabatch.run;

import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.format.Format;
import dev.samzabatch.format.Formats;
import dev.samzabatch.format.SourceFile;
import dev.samzabatch.job.Compression;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.system.file.FileListing;
import dev.samzabatch.system.file.LocalFile;
import dev.samzabatch.system.file.Splits;
import java.io.IOException;
import java.util.List;

/** Finds the files of inputs, their formats and, where none is declared, their schemas. */
public final class InputFinder {

  /** About how much larger the contents of a compressed file are than the file. */
  private static final long EXPANSION = 5;

  private InputFinder() {}

  /**
   * Finds an input.
   *
   * @param containers how many threads will read it
   * @throws UserException when files are missing or unreadable, or no schema can be inferred
   */
  public static FoundInput find(InputSpec input, int containers) {
    List<LocalFile> files = FileListing.list(input.locations());
    Format format = Formats.of(input);
    Schema schema = input.schema().isPresent() ? input.schema().get() : infer(format, files);
    List<FileSplit> splits = Splits.cut(files, format::splittable, containers);
    long bytes = files.stream().mapToLong(f -> size(input, f)).sum();
    PlannedInput planned = new PlannedInput(input.name(), schema, splits, bytes);
    return new FoundInput(format, files, schema, input.schema().isEmpty(), planned);
  }

  private static Schema infer(Format format, List<LocalFile> files) {
    try {
      return format.infer(List.<SourceFile>copyOf(files));
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }

  private static long size(InputSpec input, LocalFile file) {
    Compression compression =
        input.compression().or(() -> Compression.ofPath(file.name())).orElse(Compression.NONE);
    return compression == Compression.NONE ? file.length() : file.length() * EXPANSION;
  }
}
