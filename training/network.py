"""The reader's network while it is taught.

A cross-encoder (Nogueira & Cho, "Passage Re-ranking with BERT", 2019,
https://arxiv.org/abs/1901.04085): question and quotation are read together, so that every word of
the one meets every word of the other.
"""

from pathlib import Path

from torch import Tensor, nn
from transformers import AutoModel

_DROPOUT = 0.1  # before the head; none inside, where drawing it takes a third of the time


class Network(nn.Module):
    """Word pieces of a question and a text -> one number, the log-odds that the text answers."""

    def __init__(self, base: Path, *, frozen_layers: int) -> None:
        """Begin as a model of sentences.

        Args:
            base: its folder.
            frozen_layers: the lowest ones, which stay as they are, as do the word embeddings.
        """
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            base,
            local_files_only=True,
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        self.encoder.embeddings.requires_grad_(requires_grad=False)
        for layer in self.encoder.encoder.layer[:frozen_layers]:
            layer.requires_grad_(requires_grad=False)
        self.head = nn.Linear(self.encoder.config.hidden_size, 1)
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """The log-odds of each row, shape (n,): a linear reading of the mean token vector."""
        tokens = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask
        ).last_hidden_state.float()
        counts = attention_mask.unsqueeze(-1).float()
        mean = (tokens * counts).sum(1) / counts.sum(1)
        result: Tensor = self.head(self.dropout(mean)).squeeze(-1)
        return result


def trained_parameters(network: Network) -> list[nn.Parameter]:
    """The encoder's parameters that are not frozen."""
    return [weight for weight in network.encoder.parameters() if weight.requires_grad]
