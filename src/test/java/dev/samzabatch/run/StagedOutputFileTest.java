package dev.samzabatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.format.BatchReader;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.format.Formats;
import dev.samzabatch.format.ReadSpec;
import dev.samzabatch.format.SourceFile;
import dev.samzabatch.job.Compression;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.Location;
import dev.samzabatch.job.OutputSpec;
import dev.samzabatch.job.Reference;
import dev.samzabatch.system.file.FileTree;
import dev.samzabatch.system.file.OutputTarget;
import dev.samzabatch.system.file.StagedFile;
import dev.samzabatch.system.file.StagedOutput;
import dev.samzabatch.system.file.StagingPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Staged files are committed, lost behind the commit, and written on. */
class StagedOutputFileTest {

  private static final Schema SCHEMA =
      Schema.of(Field.required("n", ScalarType.LONG), Field.optional("text", ScalarType.STRING));
  private static final String RUN = "20260101-000000-00000000";

  private Path directory;

  @BeforeTry
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("staged");
  }

  @AfterTry
  void deleteDirectory() throws IOException {
    FileTree.delete(directory);
  }

  @Property(tries = 150)
  void whateverIsCommittedIsReadOnceAndNothingElse(
      @ForAll("fileFormats") DataFormat format, @ForAll Compression compression,
      @ForAll @IntRange(min = 0, max = 12) int steps, @ForAll long seed) throws IOException {
    OutputSpec output = output(format, compression);
    Path target = directory.resolve("out");
    StagingPlan plan = StagingPlan.of(
        new OutputTarget(target, OutputSpec.Mode.REPLACE, false, Place.none()), RUN);
    StagedOutput staged = StagedOutput.create(plan);
    Random random = new Random(seed);
    List<List<Object>> rows = new ArrayList<>();
    Optional<StagedFile> committed = Optional.empty();
    int committedRows = 0;
    StagedOutputFile file = StagedOutputFile.open(output, staged, 0, SCHEMA, committed);
    for (int step = 0; step < steps; step++) {
      switch (random.nextInt(4)) {
        case 0 -> {
          committed = file.commit();
          committedRows = rows.size();
        }
        case 1 -> {
          file.close();
          tear(plan, committed, random);
          rows.subList(committedRows, rows.size()).clear();
          file = StagedOutputFile.open(output, staged, 0, SCHEMA, committed);
        }
        default -> {
          List<List<Object>> more = List.of(List.of((long) rows.size(), "row \"" + random.nextInt(1000) + "\"\n"));
          rows.addAll(more);
          file.write(Values.batch(SCHEMA, more));
        }
      }
    }
    StagedFile whole = file.finish().orElseThrow();
    assertThat(whole.rows()).isEqualTo(rows.size());
    assertThat(read(plan.staging().resolve(whole.name()), output.encoding())).isEqualTo(rows);
  }

  @Provide
  Arbitrary<DataFormat> fileFormats() {
    return Arbitraries.of(DataFormat.class).filter(DataFormat::isForFiles);
  }

  /** What a dead process may leave behind the commit: anything. */
  private static void tear(StagingPlan plan, Optional<StagedFile> committed, Random random) throws IOException {
    if (committed.isPresent()) {
      byte[] rubbish = new byte[random.nextInt(50)];
      random.nextBytes(rubbish);
      Files.write(plan.staging().resolve(committed.get().name()), rubbish, StandardOpenOption.APPEND);
    }
  }

  private static OutputSpec output(DataFormat format, Compression compression) {
    return new OutputSpec("o", Place.none(), new Reference("a", Place.none()),
        new Location("out", "", "/out", Place.none()),
        new OutputSpec.Encoding(format, DelimitedOptions.of(format), compression), OptionalInt.empty(),
        OutputSpec.Mode.REPLACE, OutputSpec.IfEmpty.PUBLISH, Optional.empty());
  }

  private static List<List<Object>> read(Path path, OutputSpec.Encoding encoding) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    SourceFile source = new SourceFile() {
      @Override
      public String name() {
        return path.toString();
      }

      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public InputStream open(long offset) {
        return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
      }
    };
    InputSpec input = new InputSpec("a", Place.none(), List.of(), encoding.format(), encoding.delimited(),
        Optional.of(SCHEMA), Optional.of(encoding.compression()), false, Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty());
    List<List<Object>> rows = new ArrayList<>();
    try (BatchReader reader = Formats.of(input)
        .openReader(new FileSplit(source, 0, Long.MAX_VALUE), new ReadSpec(SCHEMA, List.of(0, 1), 10))) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        rows.addAll(Values.rows(batch));
      }
    }
    return rows;
  }
}
