/** The paper whose methods these are. */
export const paperInWords =
  'Leroy, Mastropietro, Nurisso, and Vaccarino, “Attributes Shape the Embedding Space of Face Recognition Models”, ICML 2025, arXiv:2507.11372';

export const paperBibtex = `@inproceedings{leroy2025attributes,
  title     = {Attributes Shape the Embedding Space of Face Recognition Models},
  author    = {Leroy, Pierrick and Mastropietro, Antonio and Nurisso, Marco and Vaccarino, Francesco},
  booktitle = {International Conference on Machine Learning},
  year      = {2025},
  note      = {arXiv:2507.11372}
}
`;
