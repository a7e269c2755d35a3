package oosh.rollout.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;

class BatchSizingTest {
  @Test
  void countsInTheSingularWhereThereIsOne() {
    assertThat(BatchSizing.number(1).words()).isEqualTo("1 batch");
    assertThat(BatchSizing.number(3).words()).isEqualTo("3 batches");
    assertThat(BatchSizing.size(1).words()).isEqualTo("1 instance a batch");
    assertThat(BatchSizing.percent(1).words()).isEqualTo("1 percent a batch");
  }

  @Test
  void neverHasMoreBatchesThanInstances() {
    assertThat(BatchSizing.sizes(3, 5)).isEqualTo(List.of(1, 1, 1));
  }

  @Test
  void turnsASizeIntoANumber() {
    assertThat(BatchSizing.size(2).numberFor(6)).isEqualTo(3);
    assertThat(BatchSizing.size(4).numberFor(10)).isEqualTo(3);
    assertThat(BatchSizing.sizes(10, 3)).allMatch(n -> n <= 4);
  }

  @Test
  void turnsAShareIntoANumberThatNeverExceedsIt() {
    assertThat(BatchSizing.percent(25).numberFor(10)).isEqualTo(5);
    assertThat(BatchSizing.percent(100).numberFor(7)).isEqualTo(1);
    assertThat(BatchSizing.percent(1).numberFor(6)).isEqualTo(6);
  }

  @Test
  void neverTakesMoreOutOfServiceThanTheBatchSize() {
    for (int instances = 1; instances <= 100; instances++) {
      for (int size = 1; size <= 12; size++) {
        int largest =
            BatchSizing.sizes(instances, BatchSizing.size(size).numberFor(instances)).get(0);
        assertThat(largest).as(instances + " in " + size).isLessThanOrEqualTo(size);
      }
    }
  }

  @Test
  void refusesWhatOosRefuses() {
    for (int n : new int[] {0, -1, 101}) {
      assertThatThrownBy(() -> BatchSizing.number(n)).isInstanceOf(Problem.class);
    }
    assertThatThrownBy(() -> BatchSizing.size(1).numberFor(101))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.next()).isEqualTo("stage batch --size 2"));
  }
}
