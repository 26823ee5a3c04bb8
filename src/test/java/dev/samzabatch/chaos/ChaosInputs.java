package dev.samzabatch.chaos;

import java.io.IOException;
import java.util.Random;

/** The inputs of {@link ChaosJob}: always the same rows, whose keys are long enough to fill memory soon. */
final class ChaosInputs {

  private static final int CUSTOMERS = 3_000;
  private static final int ITEMS = 40;
  private static final int REGIONS = 7;
  private static final String PAD =
      "-of-which-there-is-not-much-to-say-but-that-it-takes-its-place-in-memory".repeat(2);

  private ChaosInputs() {}

  /** Writes so many orders, in three files, and the customers, in two. */
  static void write(Lab lab, int orders) throws IOException {
    Random random = new Random(42);
    for (int file = 0; file < 3; file++) {
      StringBuilder rows = new StringBuilder("id,customer,item,amount,note\n");
      for (int id = file; id < orders; id += 3) {
        // A third of all orders comes from one customer.
        int customer = random.nextInt(3) == 0 ? 0 : random.nextInt(CUSTOMERS);
        rows.append(id).append(",customer-").append(customer).append(PAD);
        rows.append(",item-").append(random.nextInt(ITEMS)).append(',').append(random.nextInt(1000));
        rows.append(",note-").append(random.nextInt(orders / 2)).append(PAD).append('\n');
      }
      lab.file("in/orders/" + file + ".csv", rows.toString());
    }
    for (int file = 0; file < 2; file++) {
      StringBuilder rows = new StringBuilder("customer,name,region\n");
      for (int customer = file; customer < CUSTOMERS; customer += 2) {
        rows.append("customer-").append(customer).append(PAD).append(",name ").append(customer);
        rows.append(",region ").append(customer % REGIONS).append('\n');
      }
      lab.file("in/customers/" + file + ".csv", rows.toString());
    }
  }
}
