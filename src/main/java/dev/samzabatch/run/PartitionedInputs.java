package dev.samzabatch.run;

import dev.samzabatch.container.Connections.Share;
import dev.samzabatch.format.ReadSpec;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.system.PartitionedReader;
import dev.samzabatch.system.file.GrowingFiles;
import dev.samzabatch.system.kafka.TopicReader;
import dev.samzabatch.system.kafka.TopicScan;
import dev.samzabatch.system.kafka.TopicShare;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Opens the inputs of a job that are read side by side: topics, and directories that grow. */
final class PartitionedInputs {

  private final PreparedJob job;
  private final Buses buses;
  private final int batchRows;

  PartitionedInputs(PreparedJob job, Buses buses, int batchRows) {
    this.job = job;
    this.buses = buses;
    this.batchRows = batchRows;
  }

  PartitionedReader open(String input, Share share, List<Integer> columns) throws IOException {
    InputSpec spec = job.spec().inputs().get(input);
    FoundInput found = job.inputs().get(input);
    ReadSpec read = new ReadSpec(found.schema(), columns, batchRows);
    if (spec.topic().isEmpty()) {
      return new GrowingFiles(spec, found.format(), read, share.task(), share.tasks());
    }
    TopicScan scan = new TopicScan(spec, found.records().orElseThrow(), read);
    TopicShare topics =
        new TopicShare(share.ranges(), found.planned().ranges().orElseThrow(), share.task(), share.tasks());
    return new TopicReader(buses.clients(spec.locations().get(0).system()), scan, topics, Optional.empty());
  }
}
